// All words of the page in two languages.
import { settings } from '/page/settings.js';

const words = {
  title: ['Система заявок', 'The ticket system'],
  lead: ['OTRS, которой здесь нет: отвечает, как записано с настоящей. Сломайте что-нибудь и посмотрите, что сделает «Вахта».', 'An OTRS that is not there: it answers as was recorded from a real one. Break something and see what Vakhta does.'],
  back: ['К Telegram', 'To Telegram'],
  now: ['Сейчас', 'Now'],
  none: ['работает', 'works'],
  database_down: ['база лежит: 500', 'database down: 500'],
  bad_gateway: ['прокси: 502', 'proxy: 502'],
  silence: ['молчит', 'says nothing'],
  delay: ['Задержка, мс', 'Delay, ms'],
  zone: ['Пояс', 'Zone'],
  set: ['Задать', 'Set'],
  operation: ['Следующий запрос', 'The next question'],
  server_error: ['500, ничего не сделано', '500, nothing done'],
  answer_lost: ['сделано, ответ потерян', 'done, answer lost'],
  question_lost: ['запрос потерян', 'question lost'],
  half_update: ['сделана половина', 'half of it done'],
  break: ['Сломать', 'Break'],
  lose: ['Завершить все сессии ({count})', 'End all sessions ({count})'],
  calm: ['Починить всё', 'Repair all'],
  rights: ['Права', 'Rights'],
  all: ['все', 'all'],
  read: ['чтение', 'read'],
  note: ['заметки', 'notes'],
  no: ['нет', 'none'],
  tickets: ['Заявки: {count}', 'Tickets: {count}'],
  waiting: ['Ждёт: {what}', 'Waiting: {what}'],
  gone: ['Нет связи с симулятором', 'No line to the simulator'],
};

/** The words of this name; `{name}` is replaced. */
export function t(key, values = {}) {
  const text = words[key]?.[settings.language === 'ru' ? 0 : 1] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}
