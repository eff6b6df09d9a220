/** What stands in the place of a secret value; keys stay, so the shape of the object is kept. */
export const MARKER = '[redacted]'

/**
 * Resources whose values are secret: Secrets, and ConfigMaps as well, because credentials are often
 * kept in them. Their keys, labels and metadata stay readable.
 */
export const SECRET_RESOURCES: ReadonlySet<string> = new Set(['secrets', 'configmaps'])
export const SECRET_KINDS: ReadonlySet<string> = new Set(['Secret', 'SecretList', 'ConfigMap', 'ConfigMapList'])

/** Fields of those resources that hold the values. */
export const DATA_FIELDS: ReadonlySet<string> = new Set(['data', 'stringData', 'binaryData'])

/** Fields that are credentials in any object: TokenRequest status, TokenReview spec, kubeconfigs, custom resources. */
export const TOKEN_FIELDS: ReadonlySet<string> = new Set([
  'token', 'bearerToken', 'bootstrapToken', 'accessToken', 'access_token', 'refreshToken', 'refresh_token', 'idToken', 'id_token',
  'id-token', 'access-token', 'refresh-token', 'authToken', 'password', 'passwd', 'clientSecret', 'client_secret', 'client-secret',
  'client-key-data', 'clientKeyData', 'apiKey', 'api_key', 'privateKey', 'private_key', 'secretKey', 'secretAccessKey',
])

/** Annotations that keep an earlier copy of the whole object, whoever wrote them. */
export const COPY_ANNOTATION = /last-applied|(?:^|[/.])(?:applied|original)(?:-|$)/

/** Names of environment variables, headers and arguments whose `value` is a credential. */
export const SECRET_NAME = /token|passw|secret|api[-_]?key|access[-_]?key|private[-_]?key|credential|^(?:proxy-)?authorization$|^(?:set-)?cookie$/i

/** Paths of a JSON patch that reach values of a Secret or ConfigMap. */
export const DATA_PATH = /^\/(?:items\/[^/]+\/)?(?:data|stringData|binaryData)(?:\/|$)/

/** Query parameters that carry credentials. */
export const SECRET_PARAMETER = /^(?:token|bearer|bearer[-_]?token|access[-_]?token|refresh[-_]?token|id[-_]?token|auth|authorization|password|passwd|client[-_]?secret|api[-_]?key|x-amz-signature|x-amz-security-token|x-amz-credential|sig|signature)$/i

/** Arguments of a command whose next argument is a credential. */
export const SECRET_ARGUMENT = /^--?[\w-]*(?:token|passw(?:or)?d|secret|api-?key|private-?key|bearer)$/i
