import { type ResponseBody, toElements, toJson } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { serviceNumbers } from '../events/subscriber-calls.ts';

/** `wait_call.php`: says which number is to be called, and waits for the call. Only JSON is attested. */
export function waitForCall(call: RequestContext): ResponseBody {
  const phone = readPhone(valueOf(call, 'phone'));
  if (phone === undefined) return errorResponse('parameters');
  if (exceedsLimit(call, 'calls', phone)) return errorResponse('calls');
  call.account.awaitedCallers.add(phone);
  const [first] = serviceNumbers as readonly [string];
  return {
    write: (format) => {
      if (format < 2)
        return format === 0
          ? `phone = ${first}, all_phones = ${serviceNumbers.join(' ')}`
          : [first, ...serviceNumbers].join(',');
      if (format === 3)
        return toJson([['phone', first]], `,\n"all_phones": ${JSON.stringify(serviceNumbers)}`);
      return `<result>\n${toElements([['phone', first], ...serviceNumbers.map((number) => ['all_phones', number] as const)])}</result>`;
    },
  };
}
