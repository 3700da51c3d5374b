/** A self-signed certificate for localhost and 127.0.0.1. Only tests use it, so its private key is no secret. */
export const cert: string = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUQLN5Qb7h6bgVBIt1HaujNDwZMXcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE5Mjc0MloYDzIxMjYxMDMw
MTkyNzQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASqqX3h+7kQ4DcJUt7aZQi9MLkVnK8A1QZHojJTuX6f0yJiDt/A4vlg
bdEm467c7L0LrHjSOixKuvbQAD0GhcZEo28wbTAdBgNVHQ4EFgQUyJeS9B1pY29H
n8/geB9/XBjXHpMwHwYDVR0jBBgwFoAUyJeS9B1pY29Hn8/geB9/XBjXHpMwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgQW4YCuPbgZsW27vlFkSuDfffs+VynF+fYLiPy47FjxACIBUq
vS5Y9eXG8/htLMxopeaTn1bjIoQfy4joaTbn2SQC
-----END CERTIFICATE-----`;

/** The private key of `cert`. */
export const key: string = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgy2OCu6EbwlaPutTW
dS5cSfs05zHxsbtD8DZ0P8lbLOehRANCAASqqX3h+7kQ4DcJUt7aZQi9MLkVnK8A
1QZHojJTuX6f0yJiDt/A4vlgbdEm467c7L0LrHjSOixKuvbQAD0GhcZE
-----END PRIVATE KEY-----`;

/** Another self-signed certificate for the same names. Clients that trust `cert` do not trust this one. */
export const otherCert: string = `-----BEGIN CERTIFICATE-----
MIIBmTCCAT6gAwIBAgIUIDc7luVY+1A03ZzTz9DoZkBsE74wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEzMDExMzUwNVoYDzIxMjYxMTA2
MTEzNTA1WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQIC4ynjmKWDksi/5bmUiqdqaMsd1Vw7e62CLxaXNaoWAHrDT63SGMq
5tvaptZcWdxPw5+ivqcjpGDVYeS9922Uo2wwajAdBgNVHQ4EFgQUf51FLzG8R2QF
lA5QwpeG3xKrj34wHwYDVR0jBBgwFoAUf51FLzG8R2QFlA5QwpeG3xKrj34wGgYD
VR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0E
AwIDSQAwRgIhAMHAo23EMDby7QEH4tNUpcXj7G5nR4F/R7fZHsnNuRlqAiEAlEmt
1vlHJkJPiIMZ4AVzdXIHtCzm50PzTTyX/tFXgXg=
-----END CERTIFICATE-----
`;

/** The private key of `otherCert`. */
export const otherKey: string = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgr5odkfrQI0OWcz7Q
yQbIwaO5osLW5K+TDSzBAh2wrzOhRANCAAQIC4ynjmKWDksi/5bmUiqdqaMsd1Vw
7e62CLxaXNaoWAHrDT63SGMq5tvaptZcWdxPw5+ivqcjpGDVYeS9922U
-----END PRIVATE KEY-----
`;
