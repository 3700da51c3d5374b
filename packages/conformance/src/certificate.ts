/**
 * Private key of a self-signed certificate for `gateway.test`. It was generated for these tests only and protects nothing.
 * Valid for a hundred years from 2026.
 */
export const key: string = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEINQKzXXcv4wOI0HEpkImuBDK5WviRcOX3nZ/igr6oXy2oAoGCCqGSM49
AwEHoUQDQgAE7Lrh0aWdT44lzczLPVvd/hNCKPEw8rkjS8ixydIq+XSDpSnYZRsp
PkC6d8UEDNE6oxYsUyNnc98J7d7LHo7nrA==
-----END EC PRIVATE KEY-----
`;

/** Self-signed certificate for {@link key}. */
export const certificate: string = `-----BEGIN CERTIFICATE-----
MIIBnjCCAUSgAwIBAgIUE+KUlCb55zt/vNGQdFmtKpzZPiAwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMZ2F0ZXdheS50ZXN0MCAXDTI2MTEyMzE4NTc1NFoYDzIxMjYx
MDMwMTg1NzU0WjAXMRUwEwYDVQQDDAxnYXRld2F5LnRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAATsuuHRpZ1PjiXNzMs9W93+E0Io8TDyuSNLyLHJ0ir5dIOl
KdhlGyk+QLp3xQQM0TqjFixTI2dz3wnt3ssejueso2wwajAdBgNVHQ4EFgQU4bnm
ZrlGJucYw9Shq1KgSS71jggwHwYDVR0jBBgwFoAU4bnmZrlGJucYw9Shq1KgSS71
jggwDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxnYXRld2F5LnRlc3QwCgYI
KoZIzj0EAwIDSAAwRQIgHKgkgWOj479SG9b/1auQIn+affnA2F2UZ/tu8BasEwQC
IQCyOh/0P4JVZjkCzWkpUwM+F6uBNLHpz0Ky/GilMm2siw==
-----END CERTIFICATE-----
`;
