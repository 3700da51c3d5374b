import type { Account } from './account.ts';
import { type Answer, toElements, toJson } from './answer.ts';
import { type Call, type House, isTooOften, valueOf } from './call.ts';
import { toSeconds } from './dates.ts';
import { readPhone } from './recipients.ts';
import { refuse } from './refusal.ts';

/** Numbers that subscribers call. Made up. */
export const serviceNumbers: readonly string[] = ['380440000010', '380440000011'];

/** `wait_call.php`: says which number is to be called, and waits for the call. Only JSON is attested. */
export function waitCall(call: Call): Answer {
  const phone = readPhone(valueOf(call, 'phone'));
  if (phone === undefined) return refuse('parameters');
  if (isTooOften(call, 'calls', phone)) return refuse('calls');
  call.account.awaited.add(phone);
  const [first] = serviceNumbers as readonly [string];
  return {
    write: (format) => {
      if (format < 2) return format === 0 ? `phone = ${first}, all_phones = ${serviceNumbers.join(' ')}` : [first, ...serviceNumbers].join(',');
      if (format === 3) return toJson([['phone', first]], `,\n"all_phones": ${JSON.stringify(serviceNumbers)}`);
      return `<result>\n${toElements([['phone', first], ...serviceNumbers.map((number) => ['all_phones', number] as const)])}</result>`;
    },
  };
}

/** A call from a number that an account waits for: its handler is told. Says whether the account has waited. */
export function takeCall(account: Account, phone: string, { pushes }: House, at: number): boolean {
  if (!account.awaited.delete(phone)) return false;
  const ts = String(toSeconds(at));
  pushes.add(account, { event: 'call', fields: { phone, waitcall: '1', ts }, signed: [phone, ts] }, at);
  return true;
}
