import { createSmsc } from '@smsc/fetch';
import { startGateway } from '@smsc/simulator';

const { url, close } = await startGateway({ port: 0 });
const smsc = createSmsc({ login: 'demo', password: 'demo', host: url });
// @ts-expect-error what cannot be a request does not compile, from the packed types as well
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
