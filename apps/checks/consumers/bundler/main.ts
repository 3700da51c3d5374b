import { createSmsc } from '@smsc/fetch';
import { callbackHandler } from '@smsc/protocol/callbacks';
import { startGateway } from '@smsc/simulator';

// The handler also accepts the browser's types of requests and responses.
const handler: (request: Request) => Promise<Response> = callbackHandler({
  unsigned: 'i-check-by-status',
  on: () => undefined,
  Response,
});
const pushed = await handler(new Request('https://app.example/?id=1&phone=380501234567&status=1'));
if (pushed.status !== 200) throw new Error(`a push was answered with ${pushed.status}`);

const { url, close } = await startGateway({ port: 0 });
const smsc = createSmsc({ login: 'demo', password: 'demo', host: url });
// @ts-expect-error an invalid request does not compile, with the packed types as well
const wrong = () => smsc.send({ to: '380501234567' });
const sent = await smsc.send({ to: '380501234567', text: 'Привіт' });
await close();

switch (sent.outcome) {
  case 'accepted':
    console.log(JSON.stringify({ outcome: sent.outcome, parts: sent.parts, id: sent.id }));
    break;
  case 'rejected':
    throw new Error(`${sent.code}: ${sent.meaning}`);
  case 'not-sent':
  case 'unknown':
    throw new Error(`${sent.outcome}: ${sent.error.message}`, { cause: wrong });
}
