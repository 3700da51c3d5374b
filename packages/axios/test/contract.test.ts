import { contract } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { axiosTransport } from '../src/index.ts';

contract({ describe, it }, 'axios', { transport: axiosTransport });
