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
