import { check, type Operation, send } from '@smsc/protocol';
import { endpoints } from '../../../packages/protocol/test/endpoints.ts';
import { operations } from '../../../packages/protocol/test/operations.ts';
import requests from '../../../packages/protocol/test/vectors/requests.json' with { type: 'json' };
import { password, phone, text } from '../src/marks.ts';

type AnyOperation = Operation<unknown, unknown>;

const isNumber = (value: unknown): boolean => typeof value === 'string' && /^\+?[\d ()-]{11,20}$/.test(value);

/** Replaces the phone numbers, texts and passwords of an input by marks. */
function withMarks(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => withMarks(each, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withMarks(member, name)]));
  if (isNumber(value) && /^(?:to|phones?)$/.test(key)) return phone.value;
  if (typeof value === 'string' && /^(?:text|comment|subject|notes|info|title)$/.test(key)) return text.value;
  if (typeof value === 'string' && /password$/i.test(key)) return password.value;
  return value;
}

/** An operation and an input for it. */
export interface Sample {
  readonly operation: AnyOperation;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The inputs of the test vectors with marks in them, except inputs that the marks make invalid. Covers every operation. */
const samples: readonly Sample[] = [
  ...Object.values(endpoints).flatMap((each) => each.requests),
  ...requests.vectors,
].flatMap(({ operation: name, input }) => {
  const operation = operations[name]!;
  const marked = withMarks(input) as Sample['input'];
  return check(operation, marked).length === 0 ? [{ operation, input: marked }] : [];
});

/** One sample of each operation. */
export const oneOfEach: readonly Sample[] = [
  ...new Map(samples.map((sample) => [sample.operation.name, sample])).values(),
];

const picture = { name: 'picture.png', content: new TextEncoder().encode(text.value) };

/** Messages of every kind, one of them with a file. */
export const messages: readonly Sample[] = [
  ...samples.filter(({ operation }) => operation === (send as unknown)),
  {
    operation: operations['send']!,
    input: { kind: 'mms', to: phone.value, text: text.value, files: [picture] },
  },
];

/** A few inputs that cover each effect that an operation can have, and each way to write a body. */
export const few: readonly Sample[] = [
  ...oneOfEach.filter(({ operation }) =>
    ['balance', 'status', 'history', 'changeContact', 'addSubAccount', 'downloadFile', 'sendList'].includes(
      operation.name,
    ),
  ),
  ...messages.slice(-2),
];
