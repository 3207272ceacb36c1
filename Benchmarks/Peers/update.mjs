// The official SDK's documented way to carry out many commands: batchByChunk, fifty in a request.
import { B24Hook } from '@bitrix24/b24jssdk'

const order = JSON.parse(process.argv[2])
const b24 = B24Hook.fromWebhookUrl(order.webhook.replace(/\/$/, ''))
const calls = Array.from({ length: order.records }, (_, i) => ['crm.contact.update', { ID: i + 1, fields: { [order.statusField]: 'Успешно' } }])
const started = performance.now()
const response = await b24.actions.v2.batchByChunk.make({ calls, options: { isHaltOnError: false } })
const wallSeconds = (performance.now() - started) / 1000
const usage = process.resourceUsage()
// An error has the number of its command as its key. It is the number inside the chunk, but there is nothing else to go by.
const failures = []
for (const [key] of response.errors) failures.push(Number(key) + 1)
console.log(JSON.stringify({
  wallSeconds,
  cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
  peakMegabytes: usage.maxRSS / 1024,
  records: response.getData().length,
  failures: failures.map((id) => (Number.isInteger(id) ? id : 0))
}))
process.exit(0)
