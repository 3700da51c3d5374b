import { createSmsc, type Smsc, type SmscOptions } from '@smsc/fetch';
import { type SendInput, segment } from '@smsc/protocol';
import { readCallback } from '@smsc/protocol/callbacks';
import { xmlFormat } from '@smsc/protocol/xml';
import { startGateway } from '@smsc/simulator';

async function main(): Promise<void> {
  const report = readCallback(
    { body: 'id=1&phone=380501234567&status=1' },
    { unsigned: 'i-check-by-status' },
  );
  if (report.event !== 'status' || !report.final) throw new Error('a push was read differently');
  const { url, close } = await startGateway({ port: 0 });
  const options: SmscOptions = { login: 'demo', password: 'demo', host: url, format: xmlFormat };
  const smsc: Smsc = createSmsc(options);
  const message: SendInput = { to: '380501234567', text: 'Привіт' };
  const sent = await smsc.send(message);
  await close();

  if (sent.outcome !== 'accepted') throw new Error(`${sent.outcome}: ${sent.error.message}`);
  const parts: number = sent.parts;
  if (parts !== segment('Привіт').parts.length) throw new Error('the gateway counts differently');
  console.log(JSON.stringify({ outcome: sent.outcome, parts, id: sent.id }));
}

void main();
