import { library } from '../../tsup.base.ts';

export default library({
  index: 'src/index.ts',
  adapter: 'src/adapter.ts',
  callbacks: 'src/callbacks.ts',
  xml: 'src/xml.ts',
});
