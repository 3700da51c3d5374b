import { keepMessage } from './account.ts';
import { type Addressed, address, isVirtual, isWrongNumber } from './addressed.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import { fingerprint } from './fingerprint.ts';
import { kindOf } from './kinds.ts';
import { type Letter, readLetters } from './letters.ts';
import { type Message, typeOf } from './message.ts';
import { writeAmount } from './money.ts';
import { networkOf } from './networks.ts';
import { withinRanges } from './ranges.ts';
import { refuse } from './refusal.ts';
import { isDate, readSpread, readTime, readValidity, readZone, type Spread, spreadOver } from './schedule.ts';
import { type SentRow, sentAnswer } from './sent-answer.ts';
import { codeOf, codeWord } from './speech.ts';
import { readDialing } from './voice.ts';

/** How long an operator tries where `valid` is not given: 24 hours. Source: third party. */
const defaultValidity = '24';

/** Virtual sending ends in delivery error 200. Source: documented for SMPP; that the state is 20 is assumed. */
const virtualFate = { status: 20, err: 200 };

/** Says whether a letter may not be sent: for a word in it, or for a sender that is not registered. */
function isDenied({ original, sender, kind }: Letter, { account }: Call): boolean {
  const text = original.toLowerCase();
  if (account.denies.some((word) => text.includes(word))) return true;
  // An empty sender, or a dot, only switches the default off. An e-mail's sender is no registered name: assumed.
  return account.senders !== undefined && kind !== 'mail' && sender !== undefined && sender !== '' && sender !== '.' && !account.senders.has(sender);
}

/** When each letter is due; `undefined` when its time is none. */
function readTimes(letters: readonly Letter[], { account, parameters, instant }: Call): readonly number[] | undefined {
  const time = parameters.values.get('time') ?? '';
  const zone = readZone(parameters.values.get('tz') ?? '') ?? account.utcOffset;
  const times: number[] = [];
  for (const letter of letters) {
    const at = readTime(time, isDate(time) ? (letter.zone ?? zone) : zone, instant);
    if (at === undefined) return undefined;
    times.push(at);
  }
  return times;
}

/** The rows that `op=1` or `err=1` add. Of a cost nothing has a state yet: left empty, which is assumed. */
function rowsOf(all: readonly Addressed[], call: Call, sends: boolean): readonly SentRow[] {
  const { values } = call.parameters;
  // The form of `err=1` is not documented: taken to be that of `op=1`, with the wrong numbers only (inferred).
  const shown = values.get('op') === '1' ? all : values.get('err') === '1' ? all.filter(({ refused }) => refused) : [];
  return shown.map(({ letter, phone, cost, refused }) => {
    const { mcc, mnc } = networkOf(phone);
    const charged = refused === undefined && !isVirtual(call, letter);
    return {
      phone,
      mccmnc: mcc + mnc,
      cost: charged ? writeAmount(cost) : '',
      status: refused ? String(refused.status) : sends ? '-1' : '',
      error: refused ? String(refused.err) : '',
    };
  });
}

/** Keeps what was accepted, to be asked for later. */
function keep(all: readonly Addressed[], id: string, times: ReadonlyMap<Letter, number>, call: Call): void {
  const { account, house, parameters, instant } = call;
  const { values } = parameters;
  const count = all.reduce((sum, { refused }) => sum + (refused ? 0 : 1), 0);
  const spread = readSpread(values.get('period') ?? '', values.get('freq') ?? '') as Spread | 'none';
  const validity = readValidity(values.get('valid') || defaultValidity)!;
  const files = parameters.files.map(({ name, size }) => ({ name, size }));
  for (const { letter, phone, cost, refused, place } of all) {
    const startsAt = spreadOver(times.get(letter)!, place, count, spread);
    const sender = letter.sender ?? account.defaultSender;
    const message: Message = {
      id,
      login: account.login,
      phone,
      kind: letter.kind,
      type: typeOf(letter.kind),
      sender: letter.kind === 'hlr' ? 'HLR' : sender === '.' ? '' : sender,
      text: letter.text,
      comment: letter.comment,
      subject: values.get('subj'),
      files,
      dialing: letter.kind === 'call' ? readDialing(values.get('param') ?? '') : undefined,
      parts: refused ? 0 : letter.parts,
      cost: writeAmount(cost),
      acceptedAt: instant,
      startsAt,
      expiresAt: startsAt + validity,
      fate: refused ?? (isVirtual(call, letter) ? virtualFate : house.fateOf(phone)),
      refused: refused !== undefined,
    };
    keepMessage(account, message, house.keepMessages);
    if (!refused && letter.kind !== 'hlr') account.subscribers.record(phone, instant);
  }
}

/** `send.php`: checks a request step by step, then takes the money and the messages, or tells the cost. */
export function send(call: Call): Answer {
  const { account, parameters, instant } = call;
  const { values } = parameters;
  const kind = kindOf(values);
  if (kind === undefined || !withinRanges(values)) return refuse('parameters');
  const letters = readLetters(kind, parameters);
  if (!letters) return refuse('parameters');
  const times = readTimes(letters, call);
  if (!times) return refuse('date');

  const cost = values.get('cost') ?? '';
  const sends = cost !== '1';
  const repeats = sends ? account.sends : account.costs;
  const print = fingerprint(parameters);
  if (repeats.full(print, instant)) return refuse('duplicate');

  // From here on a refusal has an id, and uses it up (recorded for error 7).
  const given = values.get('id') ?? '';
  const takeId = (): string => (given === '' || given === '0' ? String(account.nextId++) : given);
  if (letters.some((letter) => isDenied(letter, call))) return refuse('denied', takeId());
  const all = address(letters, call, sends);
  const accepted = all.filter(({ refused }) => !refused);
  if (accepted.length === 0) return refuse(all.every(isWrongNumber) ? 'number' : 'route', takeId());
  const total = accepted.reduce((sum, each) => sum + each.cost, 0n);
  const count = accepted.reduce((sum, { letter }) => sum + letter.parts, 0);
  const rows = rowsOf(all, call, sends);
  if (!sends) {
    repeats.record(print, instant);
    return sentAnswer({ id: undefined, count, cost: writeAmount(total), balance: undefined, code: undefined, rows });
  }

  if (total > account.balance + (account.credit ?? 0n)) return refuse('money', takeId());
  repeats.record(print, instant);
  account.balance -= total;
  const dictates = letters.some((letter) => letter.kind === 'call' && letter.text === codeWord);
  const id = takeId();
  keep(all, id, new Map(letters.map((letter, at) => [letter, times[at]!])), call);
  return sentAnswer({
    id,
    count,
    cost: cost === '2' || cost === '3' ? writeAmount(total) : undefined,
    balance: cost === '3' ? writeAmount(account.balance) : undefined,
    code: dictates ? codeOf(id) : undefined,
    rows,
  });
}
