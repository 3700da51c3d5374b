/**
 * Returns settings that are all `undefined`. Node copies the settings of a request, a connection and TLS into plain
 * objects, which inherit properties added to `Object.prototype`: a port, a socket, a trusted authority. An own property
 * with the value `undefined` hides the inherited property. Settings that Node always sets itself are left out, and so
 * is `session`, which agents set.
 */
const unset = (names: string): Readonly<Record<string, undefined>> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, undefined]));

/** Unset settings of a request. */
export const nothingForRequests: Readonly<Record<string, undefined>> = /* @__PURE__ */ unset(
  `_defaultAgent auth createConnection defaultPort family highWaterMark href insecureHTTPParser joinDuplicateHeaders
  localAddress lookup maxHeaderSize setHost signal socketPath timeout uniqueHeaders`,
);

/** Unset settings of a connection and of TLS. */
export const nothingForConnections: Readonly<Record<string, undefined>> = /* @__PURE__ */ unset(
  `allowHalfOpen autoSelectFamily autoSelectFamilyAttemptTimeout blockList captureRejections fd handle highWaterMark hints
  keepAliveInitialDelay localAddress localPort lookup noDelay onread pauseOnConnect signal socketPath
  allowPartialTrustChain ALPNProtocols ca cert clientCertEngine crl dhparam ecdhCurve enableTrace handshakeTimeout
  certificateCompression honorCipherOrder key manualStart maxVersion minVersion passphrase pfx privateKeyEngine privateKeyIdentifier pskCallback
  requestOCSP secureContext secureOptions secureProtocol server sessionIdContext sessionTimeout sigalgs socket ticketKeys
  typeOfService`,
);
