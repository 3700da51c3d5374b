/**
 * Node copies the settings of a request, of a connection and of its encryption into plain objects, which inherit what
 * something has added to `Object.prototype`: another port, a socket, an authority to trust. What is set here, to nothing,
 * is inherited from nowhere. What Node always sets itself is not here, nor is `session`, which its agents set.
 */
const nothing = (names: string): Readonly<Record<string, undefined>> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, undefined]));

/** Of a request. */
export const nothingForRequests: Readonly<Record<string, undefined>> = /* @__PURE__ */ nothing(
  `_defaultAgent auth createConnection defaultPort family highWaterMark href insecureHTTPParser joinDuplicateHeaders
  localAddress lookup maxHeaderSize setHost signal socketPath timeout uniqueHeaders`,
);

/** Of a connection, and of its encryption. */
export const nothingForConnections: Readonly<Record<string, undefined>> = /* @__PURE__ */ nothing(
  `allowHalfOpen autoSelectFamily autoSelectFamilyAttemptTimeout blockList captureRejections fd handle highWaterMark hints
  keepAliveInitialDelay localAddress localPort lookup noDelay onread pauseOnConnect signal socketPath
  allowPartialTrustChain ALPNProtocols ca cert clientCertEngine crl dhparam ecdhCurve enableTrace handshakeTimeout
  certificateCompression honorCipherOrder key manualStart maxVersion minVersion passphrase pfx privateKeyEngine privateKeyIdentifier pskCallback
  requestOCSP secureContext secureOptions secureProtocol server sessionIdContext sessionTimeout sigalgs socket ticketKeys
  typeOfService`,
);
