const { createSmsc } = require('@smsc/fetch');
const { startGateway } = require('@smsc/simulator');

async function main() {
  const { url, close } = await startGateway({ port: 0 });
  const smsc = createSmsc({ login: 'demo', password: 'demo', host: url });
  const { outcome, parts, id } = await smsc.send({ to: '380501234567', text: 'Привіт' });
  await close();
  console.log(JSON.stringify({ outcome, parts, id }));
}

main();
