// The tables of both CRMs: contacts and clients, deals and tickets.
import { badge, el, fill, moment, one } from './dom.js';

const label = (choices, id) => choices.find(choice => choice.id === id)?.value ?? id;
const labels = (choices, ids) => ids.map(id => label(choices, id)).join(', ');
const line = (text, className) => text ? el('small', className ? { className } : {}, text) : null;
const missing = text => el('span', { className: 'note' }, text);
const stages = { NEW: 'Новая', PREPARATION: 'В работе', WON: 'Выиграна', LOSE: 'Проиграна' };

function status(text) {
  if (!text)
    return badge('', '○', 'не заполнен');
  return text === 'Успешно' ? badge('good', '✓', text) : badge('bad', '!', text);
}

function actions(kind, record, name, on) {
  const button = (action, text, spoken) => el('button', {
    type: 'button', className: 'quiet', 'data-action': action, 'aria-label': `${spoken} ${kind} ${record.id}, ${name}`,
    onclick: () => on[action](record),
  }, text);
  return el('td', { className: 'actions' },
    button('edit', 'Изменить', 'Изменить'),
    record.status && button('clear', 'Очистить', 'Очистить статус,'));
}

const row = (id, ...cells) => el('tr', { 'data-record': id }, cells);
const id = value => el('th', { scope: 'row' }, value);

const reach = (phone, email) => el('td', { className: 'contact' }, el('span', { className: 'number' }, phone ?? '—'),
  // a long address may break at its sign
  email && el('small', {}, email.split('@').flatMap((part, at) => at ? [el('wbr'), `@${part}`] : [part])));

export const pupil = contact => `${contact.studentLastName} ${contact.studentFirstName}`.trim();

export function showContacts(state, on) {
  const { products, branches } = state.choices;
  const newest = [...state.contacts].sort((a, b) => b.id - a.id);
  fill(one('source'), 'Контакты в Битрикс24', ['ID', 'Ученик и родитель', 'Телефон, e-mail', 'Продукт и филиал', 'Статус синхронизации', ''],
    newest, contact => contact.id, contact => {
      const parent = `${contact.lastName} ${contact.firstName}`.trim();
      return row(contact.id, id(contact.id),
        el('td', {}, pupil(contact) ? el('strong', {}, pupil(contact)) : missing('ученик не заполнен'), line(contact.birthdate), line(parent && `родитель ${parent}`)),
        reach(contact.phones[0], contact.emails[0]),
        el('td', {}, labels(products, contact.products) || missing('продукт не заполнен'), line(labels(branches, contact.branches))),
        el('td', {}, status(contact.status), line(contact.comments)),
        actions('контакт', contact, pupil(contact), on));
    }, 'Контактов нет');
}

export function showDeals(state, on) {
  const { dealBranches, paymentMethods, sellers } = state.choices;
  const newest = [...state.deals].sort((a, b) => b.id - a.id);
  fill(one('source'), 'Сделки в Битрикс24', ['ID', 'Сделка', 'Товары', 'Продажа', 'Статус синхронизации', ''],
    newest, deal => deal.id, deal => row(deal.id, id(deal.id),
      el('td', {}, el('strong', {}, deal.title), line(stages[deal.stage] ?? deal.stage), line(deal.contact && deal.contact !== '0' ? `контакт ${deal.contact}` : 'без контакта')),
      el('td', {}, deal.rows.length
        ? deal.rows.map(item => el('div', {}, item.name.trim(), line(`${rubles(item.price)}${item.discount ? `, скидка ${rubles(item.discount)}` : ''}${item.quantity === 1 ? '' : `, ${item.quantity} шт.`}`, 'number')))
        : missing('товаров нет')),
      el('td', {}, el('span', { className: 'number' }, deal.sellingDate || '—'), line(labels(dealBranches, deal.branches) || 'филиал не заполнен'),
        line(deal.paymentMethod ? label(paymentMethods, deal.paymentMethod) : 'оплата не заполнена'), line(label(sellers, deal.seller))),
      el('td', {}, status(deal.status), line(deal.comments)),
      actions('сделку', deal, deal.title, on)), 'Сделок нет');
}

export function showClients(state, on) {
  const { branchOffices, courses } = state.choices;
  fill(one('target'), 'Посетители в отмечалке', ['ID', 'Посетитель', 'Телефон, e-mail', 'Филиалы и курсы', ''],
    newestFirst(state.clients), client => client.id, client => row(client.originId, id(client.originId),
      el('td', {}, el('strong', {}, `${client.body.last_name} ${client.body.first_name}`), line(client.body.birthdate), line(client.body.additional_data && `родитель ${client.body.additional_data}`)),
      reach(client.body.phone, client.body.email),
      el('td', {}, client.body.branchoffices.map(office => branchOffices[office] ?? office).join(', '), line(client.body.courses.map(course => courses[course] ?? course).join(', '))),
      remove('посетителя', client, `${client.body.last_name} ${client.body.first_name}`, on)), 'Посетителей пока нет: запустите передачу контактов');
}

export function showTickets(state, on) {
  const { branchOffices } = state.choices;
  fill(one('target'), 'Абонементы в отмечалке', ['ID', 'Абонемент', 'Цена', 'Продажа', ''],
    newestFirst(state.tickets), ticket => ticket.id, ticket => row(ticket.originId, id(ticket.originId),
      el('td', {}, el('strong', {}, ticket.body.ticket_type), line(`посетитель ${ticket.body.client_origin_id}`)),
      el('td', { className: 'number' }, rubles(Number(ticket.body.price_final)), line(Number(ticket.body.discount) ? `скидка ${rubles(Number(ticket.body.discount))}` : '')),
      el('td', {}, el('span', { className: 'number' }, ticket.body.selling_date), line(branchOffices[ticket.body.selling_branchoffice] ?? ticket.body.selling_branchoffice),
        line(ticket.body.payment_method === 'CASH' ? 'Наличные' : 'Онлайн'), line(ticket.body.employee)),
      remove('абонемент', ticket, ticket.body.ticket_type, on)), 'Абонементов пока нет: запустите передачу сделок');
}

const newestFirst = records => [...records].sort((a, b) => b.id - a.id);
const rubles = amount => amount.toLocaleString('ru', { minimumFractionDigits: amount % 1 ? 2 : 0 }) + ' ₽';

function remove(kind, record, name, on) {
  return el('td', { className: 'actions' }, el('button', {
    type: 'button', className: 'quiet', 'data-action': 'delete', 'aria-label': `Удалить ${kind} ${name}`, title: 'Удалить', onclick: () => on.delete(record),
  }, '✕'));
}

const outcomes = {
  queued: ['', '…', 'в очереди'],
  delivered: ['good', '✓', 'передан'],
  outOfScope: ['', '–', 'не передаётся'],
  invalid: ['bad', '!', 'ошибка формата'],
  refused: ['bad', '✕', 'отказ'],
  unclear: ['wait', '?', 'ответ не получен'],
  waitsForClient: ['wait', '…', 'ждёт посетителя'],
};

export function showLedger(job) {
  one('ledger-note').textContent = !job.available ? 'Хранилище не отвечает'
    : job.checkpoint ? `Контрольная точка ${moment(job.checkpoint)}${job.lockedSince ? ', идёт передача' : ''}` : 'Ещё не было ни одной передачи';
  fill(one('ledger'), 'Реестр: что известно о каждой записи', ['ID', 'Итог', 'Попыток', 'Следующая попытка', 'Код'],
    job.ledger, entry => entry.id, entry => row(entry.id, id(entry.id),
      el('td', {}, badge(...(outcomes[entry.outcome] ?? ['', '', entry.outcome])), line(entry.statusOwed ? 'статус ещё не записан' : ''), line(entry.forced ? 'отправить заново' : '')),
      el('td', { className: 'number' }, entry.attempts || '—'),
      el('td', { className: 'number' }, entry.nextTry ? moment(entry.nextTry) : '—'),
      el('td', {}, entry.code ?? '—', line(entry.waitsFor ? `ждёт ${entry.waitsFor}` : ''))), 'Пока пусто');
}
