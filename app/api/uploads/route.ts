import { AuditweaveError } from '@/lib/audit/errors'
import { saveUpload } from '@/lib/store/uploads'
import { uploadQuery } from '../contracts'
import { handle } from '../handle'

const MAX_UPLOAD = 64e9

/** Takes a file's bytes as they come; memory does not grow with the file. */
export const POST = handle({ query: uploadQuery }, async ({ query, request }) => {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_UPLOAD) throw new AuditweaveError('body-too-large', 'The file is larger than 64 GB. Import it with "npx auditweave import".')
  if (!request.body) throw new AuditweaveError('bad-request', 'The request holds no file.')
  return saveUpload(request.body, { name: query.name })
})
