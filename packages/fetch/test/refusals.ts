import {
  addContact,
  addContactGroup,
  addOperatorTemplate,
  addSenderName,
  addSubAccount,
  addTemplate,
  balance,
  callWithCode,
  cancelJob,
  changeContact,
  changeContactGroup,
  changeRent,
  changeSubAccount,
  changeTemplate,
  checkSenderCode,
  contacts,
  cost,
  createInvoice,
  createJob,
  type Day,
  deleteMessage,
  downloadFile,
  downloads,
  type Effect,
  history,
  incoming,
  invoice,
  type Operation,
  operatorOf,
  operatorTemplates,
  paySubAccount,
  portedNumbers,
  portedNumbersFile,
  removeFromBlackList,
  removeSenderName,
  rentableNumbers,
  rentNumber,
  reportEvent,
  send,
  senderNames,
  sendSenderCode,
  shortLink,
  statistics,
  status,
  subAccountStatistics,
  templates,
  waitForCall,
} from '@smsc/protocol';
import type { FetchLike, Smsc, SmscOptions } from '../src/index.ts';
import type { AnyOperation } from './trial.ts';
import { type Customer, minute, type Wire, type WorldOptions } from './world.ts';

/** A call that fails with one error of the gateway. */
export interface Provocation {
  readonly operation: AnyOperation;
  /** Options of the simulated world in which the call is made. */
  readonly world?: Partial<WorldOptions> | undefined;
  /** Prepares the refusal. `call` makes the call that will be refused. */
  readonly before?: ((customer: Customer, call: () => Promise<unknown>) => unknown) | undefined;
  /** Creates an obstacle during the call. Returns a function that removes it. */
  readonly during?: ((customer: Customer) => () => void) | undefined;
  readonly options?: Partial<SmscOptions> | undefined;
  /** Makes the call, with a client that has these `options`. */
  readonly call: (smsc: Smsc, customer: Customer) => Promise<unknown>;
  /** True if the client returns an empty list for this refusal. */
  readonly isEmptyList?: boolean | undefined;
  /** Time after which the same call succeeds, in ms. */
  readonly until?: number | undefined;
}

type More = Omit<Provocation, 'operation' | 'call'>;

/** Creates a case in which the gateway has to refuse a request, from an operation and an input. */
const refused = <Input, Output, E extends Effect>(
  operation: Operation<Input, Output, E>,
  input: Input | ((customer: Customer) => Input),
  more: More = {},
): Provocation => ({
  operation: operation,
  call: (smsc, customer) =>
    smsc.call(
      operation,
      typeof input === 'function' ? (input as (customer: Customer) => Input)(customer) : input,
    ),
  ...more,
});

/** Changes parameters of the request to values that the client does not write. */
const onTheWay = (params: Wire): More => {
  const change: FetchLike = async (url, init) => {
    const form = new URLSearchParams(await new Response(init.body as Blob).text());
    for (const [name, value] of Object.entries(params)) form.set(name, String(value));
    const headers = { ...init.headers };
    delete headers['content-length'];
    return fetch(url, { ...init, headers, body: form.toString() });
  };
  return { options: { fetch: change } };
};

const wrongPassword: More = { options: { password: 'wrong' } };

/** Ten invalid requests within a minute block the IP address for five minutes. */
const blocked: More = {
  before: async (customer) => {
    const wrongPassword = customer.client({ password: 'wrong' });
    for (let at = 0; at < 10; at++) await wrongPassword.balance().catch(() => undefined);
  },
  until: 5 * minute,
};

/** Holds 14 other requests in flight. */
const manyRequests: More = { during: (customer) => customer.hold(14), until: minute };

/** Makes the same call `times` times before the refused call. */
const often = (times: number): More => ({
  before: async (_, call) => {
    for (let at = 0; at < times; at++) await call();
  },
  until: minute,
});

/**
 * Returns provocations of the errors 2, 4 and 9, which every endpoint can return. Without a provocation, the call would
 * succeed.
 */
export const usual = <Input, Output, E extends Effect>(
  operation: Operation<Input, Output, E>,
  input: Input | ((customer: Customer) => Input),
  before?: More['before'],
): Readonly<Record<number, Provocation>> => ({
  2: refused(operation, input, { ...wrongPassword, before }),
  4: refused(operation, input, {
    ...blocked,
    before: async (customer, call) => [before?.(customer, call), await blocked.before?.(customer, call)],
  }),
  9: refused(operation, input, { ...manyRequests, before }),
});

const to = '380501112233';
const unpricedPhone = '999501234567';
const text = 'Їжак';
const unknown = 424_242;
/** An id with too many digits. */
const tooLong = '9'.repeat(19);
const ported: Day = '2026-03-14';
const days = { from: '2026-03-01', to: '2026-03-31' } as const;

const sub =
  (type: number): ((customer: Customer) => unknown) =>
  (customer) =>
    customer.requestDirectly('users', { add: 1, user: clerk(customer), password: 'p', type });
const clerk = ({ login }: Customer): string => `clerk.${login}`;
const rentableOf = (): string => '380441000000';

/** Provocations by path and error code. */
export const provocations: Readonly<Record<string, Readonly<Record<number, Provocation>>>> = {
  'sys/send.php': {
    ...usual(callWithCode, { to, id: 'a' }),
    1: refused(send, { to, text, id: 'a', visitor: { ip: '999.1.1.1' } }),
    3: refused(send, { to, text, id: 'a' }, { world: { balance: '0.384' } }),
    5: refused(send, { to, text, id: 'a' }, onTheWay({ time: '3102260000' })),
    6: refused(send, { to, text: 'casino', id: 'a' }),
    7: refused(send, { to: '1234567', text, id: 'a' }),
    8: refused(send, { to: unpricedPhone, text, id: 'a' }),
    9: refused(send, { to, text, id: 'a' }, often(1)),
  },
  'sys/status.php': {
    ...usual(status, { id: 1, phone: to }),
    1: refused(status, { id: 1, phone: to }, onTheWay({ id: '1,2' })),
    5: refused(deleteMessage, { id: unknown, phone: to }),
    9: refused(status, { id: 1, phone: to }, often(5)),
  },
  'sys/balance.php': {
    ...usual(balance, {}),
    1: refused(balance, {}, onTheWay({ cur: 7 })),
    9: refused(balance, {}, often(10)),
  },
  'sys/templates.php': {
    ...usual(addTemplate, { name: 'n', text }),
    1: refused(changeTemplate, { id: tooLong, text }),
    3: refused(changeTemplate, { id: unknown, text }),
    9: refused(templates, {}, often(3)),
  },
  'sys/op_templates.php': {
    ...usual(addOperatorTemplate, { sender: 'Shop', text, traffic: ['mts_srv'] }),
    1: refused(addOperatorTemplate, { sender: 'Shop', text, traffic: ['mts_srv'] }, onTheWay({ mts_srv: 0 })),
    3: refused(operatorTemplates, {}, { isEmptyList: true }),
    9: refused(operatorTemplates, {}, often(3)),
  },
  'sys/phones.php': {
    ...usual(addContact, { name: 'n', phone: to }),
    1: refused(addContact, { name: ' ', phone: to }),
    3: refused(changeContact, { phone: to, name: 'n' }),
    5: refused(changeContactGroup, { group: 1, name: 'n', number: 2 }),
    9: refused(contacts, {}, often(3)),
  },
  'sys/jobs.php': {
    ...usual(createJob, { name: 'n', to, text }),
    1: refused(createJob, { name: ' ', to, text }),
    3: refused(cancelJob, { id: unknown }),
    5: refused(createJob, { name: 'n', to, text }, onTheWay({ time: '24-25' })),
    9: refused(createJob, { name: 'n', to, text }, often(1)),
  },
  'sys/users.php': {
    ...usual(paySubAccount, (customer) => ({ login: clerk(customer), sum: '1.5' }), sub(0)),
    1: refused(addSubAccount, { login: 'two words', password: 'p' }),
    3: refused(subAccountStatistics, days, { isEmptyList: true }),
    5: refused(
      changeSubAccount,
      (customer) => ({ login: clerk(customer), currentPassword: 'not p', password: 'q' }),
      { before: sub(0) },
    ),
    6: refused(paySubAccount, { login: 'nobody', sum: '1' }),
    7: refused(paySubAccount, (customer) => ({ login: clerk(customer), sum: '1' }), { before: sub(2) }),
    8: refused(addSubAccount, (customer) => ({ login: clerk(customer), password: 'q' }), { before: sub(0) }),
    9: refused(changeSubAccount, (customer) => ({ login: clerk(customer), notes: text }), {
      before: async (customer, call) => [sub(0)(customer), await often(3).before?.(customer, call)],
      until: minute,
    }),
    10: refused(paySubAccount, (customer) => ({ login: clerk(customer), sum: '1000.001' }), {
      before: sub(0),
    }),
  },
  'sys/documents.php': {
    ...usual(createInvoice, ({ login }) => ({ login, sum: '5' })),
    1: refused(invoice, ({ login }) => ({ login, id: unknown })),
  },
  'sys/senders.php': {
    ...usual(addSenderName, { sender: 'Shop' }),
    1: refused(addSenderName, { sender: 'Shop', login: 'nobody' }),
    3: refused(removeSenderName, { sender: 'Shop' }),
    5: refused(addSenderName, { sender: 'SMSC' }),
    7: refused(sendSenderCode, { sender: '1234567' }),
    8: refused(sendSenderCode, { sender: unpricedPhone }),
    9: refused(senderNames, {}, often(3)),
    10: refused(
      sendSenderCode,
      { sender: to },
      {
        before: (customer) => customer.requestDirectly('senders', { send_code: 1, sender: to }),
        until: 8 * 60 * minute,
      },
    ),
    11: refused(
      checkSenderCode,
      { sender: to, code: 'none' },
      { before: (customer) => customer.requestDirectly('senders', { send_code: 1, sender: to }) },
    ),
  },
  'sys/get.php': {
    ...usual(statistics, days, (customer) => customer.requestDirectly('send', { phones: to, mes: 'a' })),
    1: refused(history, { before: tooLong }),
    3: refused(incoming, {}, { isEmptyList: true }),
    9: refused(history, {}, often(3)),
  },
  'sys/info.php': {
    ...usual(operatorOf, { phone: to }),
    1: refused(operatorOf, { phone: '1234567' }),
    3: refused(operatorOf, { phone: unpricedPhone }),
    9: refused(operatorOf, { phone: to }, often(3)),
  },
  'sys/tinyurls.php': {
    ...usual(shortLink, { id: 1 }, (customer) =>
      customer.requestDirectly('send', {
        phones: to,
        mes: 'https://shop.example/aaaaaaaaaaaaaaaaaa',
        tinyurl: 1,
      }),
    ),
    1: refused(shortLink, { id: 1 }, onTheWay({ id: '' })),
    3: refused(shortLink, { link: 'https://shop.example/' }),
  },
  'sys/get_mnp.php': {
    ...usual(portedNumbersFile, {}),
    1: refused(portedNumbers, { date: ported }, onTheWay({ date: '31.02.2026' })),
    9: refused(portedNumbers, { date: ported }, often(3)),
  },
  'sys/receive_phones.php': {
    ...usual(rentNumber, { phone: rentableOf() }),
    1: refused(changeRent, { phone: rentableOf(), renew: true }),
    3: refused(rentNumber, { phone: rentableOf() }, { world: { balance: '1.00' } }),
    9: refused(rentableNumbers, {}, often(2)),
  },
  'sys/wait_call.php': {
    ...usual(waitForCall, { phone: to }),
    1: refused(waitForCall, { phone: '1234567' }),
    6: refused(waitForCall, { phone: to }, often(3)),
  },
  'sys/downloads.php': {
    ...usual(downloads, {}),
    1: refused(downloadFile, { id: unknown }),
  },
  'sys/ping.php': {
    ...usual(reportEvent, { group: 1 }),
    1: refused(reportEvent, { group: tooLong }),
  },
};

/** Error codes that the simulator never returns, with the reason. */
export const unprovoked: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'sys/templates.php': { 5: 'the simulator never fails to save or remove a template' },
  'sys/op_templates.php': {
    5: 'the simulator never fails to save a template, and templates cannot be removed',
  },
};

/** Further provocations of error codes that have more than one cause. */
export const furtherProvocations: readonly (readonly [
  why: string,
  code: number,
  provocation: Provocation,
])[] = [
  [
    'an unregistered sender',
    6,
    refused(send, { to, text, id: 'a', sender: 'Stranger' }, { world: { senders: ['Shop'] } }),
  ],
  ['a price that cannot be computed', 8, refused(cost, { to: unpricedPhone, text })],
  ['the sixth identical price request', 9, refused(cost, { to, text }, often(5))],
  [
    'a number on the blacklist',
    8,
    refused(
      send,
      { to, text, id: 'a' },
      { before: (customer) => customer.requestDirectly('phones', { add_black: 1, phone: to }) },
    ),
  ],
  [
    'a locked sub-account',
    2,
    {
      ...refused(balance, {}),
      before: (customer) =>
        customer.requestDirectly('users', { add: 1, user: clerk(customer), password: 'p', 'fl2[10]': 1 }),
      call: (_, customer) => customer.client({ login: clerk(customer), password: 'p' }).balance(),
    },
  ],
  ['a call without enough money', 3, refused(callWithCode, { to, id: 'a' }, { world: { balance: '0.01' } })],
  ['a job with an unknown template', 3, refused(createJob, { name: 'n', to, template: unknown })],
  ['a group number that exists', 5, refused(addContactGroup, { name: 'n', number: 1 })],
  ['a contact in an unknown group', 5, refused(addContact, { name: 'n', phone: to, groups: unknown })],
  ['a number that is not on the blacklist', 3, refused(removeFromBlackList, { phone: to })],
  [
    'a number that another account rents',
    1,
    refused(
      rentNumber,
      { phone: rentableOf() },
      {
        before: (customer) =>
          customer.world.customer().requestDirectly('receive_phones', { buy: 1, phone: rentableOf() }),
      },
    ),
  ],
  [
    'a fourth new sub-account within a minute',
    9,
    refused(
      addSubAccount,
      { login: 'fourth', password: 'p' },
      {
        before: (customer) =>
          [1, 2, 3].map((at) =>
            customer.requestDirectly('users', { add: 1, user: `${clerk(customer)}${at}`, password: 'p' }),
          ),
        until: minute,
      },
    ),
  ],
  [
    'a sixth new sender name within a minute',
    9,
    refused(
      addSenderName,
      { sender: 'Sixth' },
      {
        before: (customer) =>
          [1, 2, 3, 4, 5].map((at) => customer.requestDirectly('senders', { add: 1, sender: `Name ${at}` })),
        until: minute,
      },
    ),
  ],
  [
    'the 101st operator request within a minute',
    9,
    refused(
      operatorOf,
      { phone: to },
      {
        before: (customer) =>
          Array.from({ length: 100 }, (_, at) =>
            customer.requestDirectly('info', {
              get_operator: 1,
              phone: `38050111${String(at).padStart(4, '0')}`,
            }),
          ),
        until: minute,
      },
    ),
  ],
];
