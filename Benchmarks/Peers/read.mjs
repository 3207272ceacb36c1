// The official SDK's documented way to read a large list: fetchList, page by page by ID.
import { B24Hook } from '@bitrix24/b24jssdk'

const order = JSON.parse(process.argv[2])
const b24 = B24Hook.fromWebhookUrl(order.webhook.replace(/\/$/, ''))
const started = performance.now()
const ids = new Set()
const pages = b24.actions.v2.fetchList.make({
  method: 'crm.contact.list',
  params: { filter: { '>DATE_CREATE': '2020-12-20T00:00:00+03:00', '>DATE_MODIFY': '2020-12-20T00:00:00+03:00' }, select: order.columns },
  idKey: 'ID'
})
for await (const page of pages) {
  for (const contact of page) ids.add(contact.ID)
}
const wallSeconds = (performance.now() - started) / 1000
const usage = process.resourceUsage()
console.log(JSON.stringify({
  wallSeconds,
  cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
  peakMegabytes: usage.maxRSS / 1024,
  records: ids.size,
  inOrder: false,
  failures: []
}))
process.exit(0)
