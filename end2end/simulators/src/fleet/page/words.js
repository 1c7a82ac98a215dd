// All words of the page in two languages.
import { settings } from '/page/settings.js';

const words = {
  title: ['Парк серверов', 'The fleet'],
  lead: ['Настоящие порты на адресах этой машины. Выключите что-нибудь и посмотрите, как скоро об этом скажет «Вахта».', 'Real ports at addresses of this machine. Switch something off and see how soon Vakhta tells.'],
  back: ['К Telegram', 'To Telegram'],
  search: ['Имя, адрес, группа', 'Name, address, group'],
  servers: ['Серверов', 'Servers'],
  seconds: ['Секунд', 'Seconds'],
  storm: ['Шторм', 'Storm'],
  calm: ['Починить всё', 'Repair all'],
  summary: ['{all} серверов · лежат {down} · с неполадками {odd}', '{all} servers · {down} down · {odd} in trouble'],
  stormUntil: [' · шторм до {at}', ' · storm until {at}'],
  noPing: ['Ping здесь не переключается, адреса отвечают всегда: {why}', 'Ping cannot be switched here, addresses always answer: {why}'],
  groupDown: ['{all}, лежат {down}', '{all}, {down} down'],
  behind: ['за {parent}', 'behind {parent}'],
  power: ['{name}: питание', '{name}: power'],
  itself: ['выключен', 'switched off'],
  cause_storm: ['упал в шторм', 'fell in the storm'],
  cause_parent: ['недоступен: лежит {by}', 'cannot be reached: {by} is down'],
  is_up: ['работает', 'works'],
  gone: ['Нет связи с симулятором', 'No line to the simulator'],
  ping: ['ping', 'ping'],
  push: ['задание', 'job'],
  up: ['работает', 'works'],
  down: ['закрыт', 'closed'],
  half_open: ['принимает и молчит', 'accepts, never answers'],
  slow: ['медленный', 'slow'],
  flapping: ['то есть, то нет', 'flapping'],
  wrong_certificate: ['чужой сертификат', 'wrong certificate'],
  expired_certificate: ['сертификат истёк', 'expired certificate'],
  expiring_certificate: ['сертификат истекает', 'certificate about to end'],
  server_error: ['ошибка 500', 'error 500'],
  endless_body: ['бесконечный ответ', 'endless body'],
  redirect_circle: ['перенаправления по кругу', 'redirects in a circle'],
  wrong_answer: ['неверный ответ', 'wrong answer'],
};

/** The words of this name; `{name}` is replaced. */
export function t(key, values = {}) {
  const text = words[key]?.[settings.language === 'ru' ? 0 : 1] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}
