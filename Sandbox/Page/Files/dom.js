// Small tools for the page: elements, requests, and tables that change only where their records have.

export const one = id => document.getElementById(id);

/** An element with properties; children that are null or false are left out, text stays text. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes('-') || key === 'role' || key === 'for')
      element.setAttribute(key, value);
    else
      element[key] = value;
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const badge = (kind, sign, text) => el('span', { className: `badge ${kind}`, 'data-sign': sign }, text);

/** Says something to those who do not see the page. */
export function announce(text) {
  one('announcer').textContent = text;
}

export async function post(path, body = {}) {
  const answer = await fetch(`sandbox/api/${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new Error(`Песочница ответила ${answer.status}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

/** Shows an item's children anew only when it has changed, and keeps the focus where it was. */
export function keep(parent, items, keyOf, create) {
  const present = new Map([...parent.children].map(child => [child.dataset.key, child]));
  const wanted = items.map(item => {
    const key = String(keyOf(item));
    const content = JSON.stringify(item);
    const old = present.get(key);
    if (old?.content === content)
      return old;
    const made = create(item);
    made.dataset.key = key;
    made.content = content;
    if (old) {
      const focused = old.contains(document.activeElement) ? document.activeElement.dataset.action : null;
      old.replaceWith(made);
      if (focused)
        (made.querySelector(`[data-action="${focused}"]`) ?? made.querySelector('button'))?.focus();
    }
    return made;
  });
  for (const child of [...parent.children]) {
    if (!wanted.includes(child))
      child.remove();
  }
  wanted.forEach((child, at) => {
    if (parent.children[at] !== child)
      parent.insertBefore(child, parent.children[at] ?? null);
  });
}

/** A table with a caption for screen readers; its body is kept by key. */
export function fill(table, caption, columns, items, keyOf, create, whenEmpty) {
  const head = JSON.stringify([caption, columns]);
  if (table.head !== head) {
    table.head = head;
    table.replaceChildren(
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, columns.map(column => el('th', { scope: 'col' }, column === '' ? el('span', { className: 'unseen' }, 'Действия') : column)))),
      el('tbody'));
  }
  const empty = { empty: whenEmpty };
  keep(table.tBodies[0], items.length ? items : [empty], item => item === empty ? 'empty' : keyOf(item),
    item => item === empty ? el('tr', {}, el('td', { className: 'empty', colSpan: columns.length }, whenEmpty)) : create(item));
}

const time = new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('ru', { day: '2-digit', month: '2-digit', year: 'numeric' });

export const clock = text => time.format(new Date(text));
export const moment = text => day.format(new Date(text)) + ' ' + clock(text);
