import { security } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { axiosTransport } from '../src/index.ts';
import { realms } from './realm.ts';

security({ describe, it }, 'axios', { transport: axiosTransport, isolate: await realms() });
