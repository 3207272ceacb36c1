// Reads the state once a second and shows it; what a person does is sent at once.
import { announce, changes, one, post } from './dom.js';
import { editContact, editDeal, wireForms } from './forms.js';
import { showClients, showContacts, showDeals, showLedger, showTickets } from './records.js';
import { showFaults, showJobs, showLog, wireWork } from './work.js';

const period = 1000;
const tabs = [one('tab-contacts'), one('tab-deals')];
let tab = location.hash === '#deals' ? 'deals' : 'contacts';
let state = null;
let asked = 0;
let shown = 0;

async function refresh() {
  const [number, before] = [++asked, changes];
  try {
    const answer = await fetch('sandbox/api/state', { signal: AbortSignal.timeout(10_000) });
    const read = await answer.json();
    if (number < shown || before !== changes)
      return; // a later one is shown already, or will be
    shown = number;
    state = read;
    show();
    connection(true);
  } catch {
    connection(false);
  }
}

function connection(isThere) {
  const text = isThere ? 'Обновляется' : 'Нет связи с песочницей';
  const place = one('connection');
  if (place.textContent !== text)
    place.textContent = text;
  place.classList.toggle('lost', !isThere);
}

function show() {
  one('version').textContent = `, версия ${state.version}`;
  const isContacts = tab === 'contacts';
  (isContacts ? showContacts : showDeals)(state, isContacts ? onContact : onDeal);
  (isContacts ? showClients : showTickets)(state, isContacts ? onClient : onTicket);
  one('source-traffic').textContent = traffic(state.bitrix24, isContacts ? state.contacts.length : state.deals.length);
  one('target-traffic').textContent = traffic(state.otmechalka, isContacts ? state.clients.length : state.tickets.length);
  one('add').disabled = false;
  one('add').textContent = isContacts ? 'Добавить контакт' : 'Добавить сделку';
  showLedger(state.jobs[isContacts ? 0 : 1]);
  showLog(state);
  showJobs(state, refresh);
  showFaults(state, refresh);
}

const traffic = (crm, records) =>
  `записей: ${records} · запросов: ${crm.requests}${crm.limited ? `, отказано: ${crm.limited}` : ''}`;

const clear = kind => async record => {
  await post(`${kind}s/${record.id}/clear-status`);
  announce(`Статус записи ${record.id} очищен`);
  await refresh();
};
const remove = kind => async record => {
  await post(`${kind}s/${record.originId}/delete`);
  announce('Удалено в отмечалке');
  await refresh();
};

const onContact = { edit: contact => editContact(state, contact), clear: clear('contact') };
const onDeal = { edit: deal => editDeal(state, deal), clear: clear('deal') };
const onClient = { delete: remove('client') };
const onTicket = { delete: remove('ticket') };

function select(name, focus) {
  tab = name;
  for (const button of tabs) {
    const isSelected = button.id === `tab-${name}`;
    button.setAttribute('aria-selected', isSelected);
    button.tabIndex = isSelected ? 0 : -1;
    if (isSelected && focus)
      button.focus();
  }
  one('panel').setAttribute('aria-labelledby', `tab-${name}`);
  history.replaceState(null, '', name === 'deals' ? '#deals' : location.pathname);
  if (state)
    show();
}

for (const button of tabs) {
  button.onclick = () => select(button.id.slice('tab-'.length));
  button.onkeydown = event => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
      select(tab === 'contacts' ? 'deals' : 'contacts', true);
  };
}

// The same record in all tables: where the pointer or the focus is.
function link(event) {
  const record = event.target.closest?.('[data-record]')?.dataset.record;
  document.querySelectorAll('[data-record]').forEach(row => row.classList.toggle('linked', record !== undefined && row.dataset.record === record));
}
document.addEventListener('pointerover', link);
document.addEventListener('focusin', link);

one('add').onclick = () => tab === 'contacts' ? editContact(state, null) : editDeal(state, null);
wireForms(refresh);
wireWork(refresh);
select(tab);

async function poll() {
  if (!document.hidden)
    await refresh();
  setTimeout(poll, period);
}
document.addEventListener('visibilitychange', () => document.hidden || refresh());
poll();
