// Jobs, the log of runs, and the faults.
import { announce, badge, clock, el, keep, one, post } from './dom.js';

const names = { contacts: 'Контакты', deals: 'Сделки' };
const systems = { Bitrix24: 'Битрикс24 не отвечает', otmechalka: 'Отмечалка не отвечает', storage: 'Хранилище не отвечает' };
const endings = {
  completed: ['good', '✓', 'завершена'],
  interrupted: ['bad', '!', 'прервана'],
  budgetSpent: ['wait', '…', 'время вышло, продолжит следующая'],
  alreadyRunning: ['wait', '…', 'уже идёт другая'],
  running: ['', '▸', 'идёт'],
  error: ['bad', '✕', 'не удалась'],
};
const counts = [
  ['created', 'создано'], ['updated', 'изменено'], ['unchanged', 'уже было'], ['outOfScope', 'не передаётся'], ['failed', 'с ошибками'],
  ['retried', 'повторно'], ['statusesWritten', 'записано статусов'], ['statusesOwed', 'осталось записать статусов'],
];

const jobOf = run => run.job.toLowerCase();

function reason(run) {
  const [, system, code] = /^(\w+) is unavailable: (.*)$/.exec(run.reason ?? '') ?? [];
  return system ? `${systems[system] ?? system}: ${code}` : run.reason === 'cancelled' ? 'остановлена' : run.reason;
}

function summary(run) {
  if (!run.report)
    return '';
  const parts = counts.filter(([key]) => run.report[key]).map(([key, text]) => `${text}: ${run.report[key]}`);
  return parts.length ? parts.join(', ') : 'ничего нового';
}

const traffic = run => run.report
  ? `запросов: ${run.report.bitrix24Requests} в Битрикс24, ${run.report.otmechalkaRequests} в отмечалку; ${run.report.durationSeconds.toLocaleString('ru', { maximumFractionDigits: 1 })} с`
  : '';

export function showLog(state) {
  keep(one('log'), state.runs, run => run.number, run => el('li', {},
    el('time', { dateTime: run.started, className: 'number' }, clock(run.started)),
    el('span', {}, names[jobOf(run)]),
    el('span', {}, badge(...endings[run.outcome]), ' ', summary(run)),
    reason(run) && el('span', { className: 'note' }, reason(run)),
    el('span', { className: 'note' }, [run.trigger === 'Timer' ? 'по таймеру' : 'по кнопке', traffic(run)].filter(Boolean).join('; '))));
}

export function showJobs(state, refresh) {
  const latest = job => state.runs.find(run => jobOf(run) === job);
  const jobs = ['contacts', 'deals'].map(job => ({ job, run: latest(job) ?? null }));
  keep(one('jobs'), jobs, ({ job }) => job, ({ job, run }) => {
    const isRunning = run?.outcome === 'running';
    return el('div', { className: 'job' },
      el('button', {
        type: 'button', className: 'primary', 'data-action': 'run', 'aria-disabled': isRunning,
        onclick: async event => {
          if (event.currentTarget.getAttribute('aria-disabled') === 'true')
            return;
          event.currentTarget.setAttribute('aria-disabled', 'true');
          announce(`${names[job]}: передача началась`);
          try {
            const ended = await post(`jobs/${job}/run`);
            announce(`${names[job]}: передача ${endings[ended.outcome][2]}, ${summary(ended)}`);
          } finally {
            one('jobs').querySelector(`[data-key="${job}"]`).content = null; // shown anew, and enabled
            await refresh();
          }
        },
      }, job === 'contacts' ? 'Передать контакты' : 'Передать сделки'),
      el('div', {}, run
        ? [badge(...endings[run.outcome]), el('span', { className: 'muted' }, `${clock(run.started)} · ${reason(run) || summary(run)}`)]
        : el('span', { className: 'muted' }, 'ещё не запускалась')));
  });

  one('timers').checked = !state.timers.paused;
  one('timers-text').textContent = `По таймеру, раз в ${interval(state.timers.intervalSeconds)}`;
}

const interval = seconds => seconds % 60 ? `${seconds} с` : `${seconds / 60} мин`;

const switches = ['otmechalkaDown', 'bitrix24Down', 'bitrix24Limit'];

export function showFaults(state, refresh) {
  switches.forEach(name => one(name).checked = state.faults[name]);
  keep(one('refused'), state.faults.refused, id => id, id => el('li', {}, el('button', {
    type: 'button', 'data-action': 'accept', 'aria-label': `Больше не отклонять ${id}`,
    onclick: async () => {
      await post('faults', { ...state.faults, refused: current.refused.filter(other => other !== id) });
      await refresh();
      one('refuse-id').focus();
    },
  }, `${id} ✕`)));
  current = state.faults;
}

let current = { refused: [] };

export function wireWork(refresh) {
  for (const name of switches) {
    one(name).addEventListener('change', async event => {
      await post('faults', { ...current, [name]: event.target.checked });
      await refresh();
    });
  }
  one('timers').addEventListener('change', async event => {
    await post('timers', { paused: !event.target.checked });
    await refresh();
  });
  one('refuse').addEventListener('submit', async event => {
    event.preventDefault();
    const field = one('refuse-id');
    await post('faults', { ...current, refused: [...current.refused, field.value.trim()] });
    announce(`Отмечалка будет отклонять запись ${field.value.trim()}`);
    field.value = '';
    await refresh();
  });
}
