// The dialogs in which a person adds or edits a contact or a deal. The browser keeps the focus inside and gives it back.
import { announce, el, one, post } from './dom.js';
import { pupil } from './records.js';

const lines = text => text.split('\n').map(item => item.trim()).filter(Boolean);

function choices(form, name, items, chosen) {
  const fieldset = form.querySelector(`[data-choices="${name}"]`);
  fieldset.querySelectorAll('.check').forEach(old => old.remove());
  fieldset.append(...items.map(item => el('label', { className: 'check' },
    el('input', { type: 'checkbox', name, value: item.id, checked: chosen.includes(item.id) }), item.value)));
}

function options(select, items, chosen, empty) {
  const known = items.some(item => item.id === chosen) || !chosen ? items : [...items, { id: chosen, value: chosen }];
  select.replaceChildren(...[...(empty ? [{ id: '', value: empty }] : []), ...known].map(item => el('option', { value: item.id }, item.value)));
  select.value = chosen;
}

const checked = (form, name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map(input => input.value);
const setTexts = (form, record, names) => names.forEach(name => form.elements[name].value = record[name] ?? '');
const texts = (form, names) => Object.fromEntries(names.map(name => [name, form.elements[name].value]));

const contactTexts = ['studentLastName', 'studentFirstName', 'birthdate', 'lastName', 'firstName', 'comments'];

export function editContact(state, contact) {
  const form = one('contact-form');
  const record = contact ?? { products: [], branches: [], phones: [], emails: [] };
  one('contact-title').textContent = contact ? `Контакт ${contact.id}` : 'Новый контакт';
  setTexts(form, record, contactTexts);
  form.elements.phones.value = record.phones.join('\n');
  form.elements.emails.value = record.emails.join('\n');
  choices(form, 'products', state.choices.products, record.products);
  choices(form, 'branches', state.choices.branches, record.branches);
  open('contact', record.id, () => ({
    ...texts(form, contactTexts),
    phones: lines(form.elements.phones.value), emails: lines(form.elements.emails.value),
    products: checked(form, 'products'), branches: checked(form, 'branches'),
  }));
}

const dealTexts = ['title', 'sellingDate', 'comments'];
const dealChoices = ['stage', 'contact', 'paymentMethod', 'seller'];

export function editDeal(state, deal) {
  const form = one('deal-form');
  const record = deal ?? { stage: 'WON', contact: '', paymentMethod: '', seller: '12288', branches: [], rows: [] };
  one('deal-title').textContent = deal ? `Сделка ${deal.id}` : 'Новая сделка';
  setTexts(form, record, dealTexts);
  const contacts = [...state.contacts].sort((a, b) => b.id - a.id)
    .map(contact => ({ id: String(contact.id), value: `${contact.id} ${pupil(contact) || contact.lastName}` }));
  const stage = form.elements.stage;
  options(stage, [...stage.options].map(option => ({ id: option.value, value: option.text })), record.stage);
  options(form.elements.contact, contacts, record.contact === '0' ? '' : record.contact, 'нет');
  options(form.elements.paymentMethod, state.choices.paymentMethods, record.paymentMethod, 'не заполнен');
  options(form.elements.seller, state.choices.sellers, record.seller);
  choices(form, 'branches', state.choices.dealBranches, record.branches);
  one('ticket-names').replaceChildren(...state.choices.tickets.map(name => el('option', { value: name })));
  const rows = form.querySelector('.rows');
  rows.replaceChildren(...record.rows.map(dealRow));
  form.querySelector('[data-add-row]').onclick = () => {
    rows.append(dealRow({ id: 0, name: '', brutto: '', discount: 0, price: '', quantity: 1 }));
    rows.lastElementChild.querySelector('input').focus();
  };
  open('deal', record.id, () => ({
    ...texts(form, [...dealTexts, ...dealChoices]), branches: checked(form, 'branches'), rows: [...rows.children].map(readRow),
  }));
}

const amounts = { brutto: 'Цена', discount: 'Скидка', price: 'Итого', quantity: 'Кол-во' };

function dealRow(item) {
  const field = (name, text, attributes) => el('label', {}, text, el('input', { value: item[name], 'data-name': name, autocomplete: 'off', ...attributes }));
  const row = el('li', {},
    field('name', 'Название', { 'list': 'ticket-names' }),
    ...Object.entries(amounts).map(([name, text]) => field(name, text, { inputMode: 'decimal' })),
    el('button', {
      type: 'button', 'aria-label': `Убрать товар ${item.name}`.trim(),
      onclick: () => {
        const next = row.closest('fieldset').querySelector('[data-add-row]');
        row.remove();
        next.focus();
      },
    }, '✕'));
  row.dataset.id = item.id;
  return row;
}

function readRow(row) {
  const value = name => row.querySelector(`[data-name="${name}"]`).value;
  const read = { id: Number(row.dataset.id), name: value('name') };
  for (const [name, text] of Object.entries(amounts)) {
    read[name] = Number(value(name).replace(/\s/g, '').replace(',', '.'));
    if (!value(name).trim() || Number.isNaN(read[name])) {
      row.querySelector(`[data-name="${name}"]`).focus();
      throw new Error(`Товар: ${text.toLowerCase()} — нужно число, например 9000 или 7600,50`);
    }
  }
  return read;
}

let saved = () => {};

export function wireForms(refresh) {
  saved = refresh;
  document.querySelectorAll('[data-cancel]').forEach(button => button.onclick = () => button.closest('dialog').close());
}

function open(kind, id, read) {
  const dialog = one(`${kind}-dialog`);
  const error = dialog.querySelector('.error');
  error.textContent = '';
  one(`${kind}-form`).onsubmit = async event => {
    event.preventDefault();
    error.textContent = '';
    try {
      const written = await post(id ? `${kind}s/${id}` : `${kind}s`, read());
      dialog.close();
      announce(kind === 'contact' ? `Контакт ${written.id} сохранён` : `Сделка ${written.id} сохранена`);
      await saved();
    } catch (problem) {
      error.textContent = problem.message;
    }
  };
  dialog.showModal();
}
