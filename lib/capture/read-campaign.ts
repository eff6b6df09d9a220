import { parseDocument } from 'yaml'
import { AuditweaveError } from '@/lib/audit/errors'
import { campaignSchema, type Campaign } from './campaign'

const MOST_CHARACTERS = 2 << 20

/**
 * Reads a campaign, YAML 1.2 or JSON; `name` is for messages.
 * @throws AuditweaveError 'bad-campaign' naming the line or the field at fault
 */
export function readCampaign(text: string, name: string): Campaign {
  if (text.length > MOST_CHARACTERS) throw bad(name, `it is longer than ${MOST_CHARACTERS} characters`)
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, prettyErrors: true })
  const [error] = document.errors
  if (error) throw bad(name, error.message.split('\n')[0] ?? 'it is not valid YAML')
  const parsed = campaignSchema.safeParse(valueOf(document, name))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw bad(name, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}`)
  }
  return parsed.data
}

function valueOf(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw bad(name, error instanceof Error ? error.message : 'it cannot be read')
  }
}

function bad(name: string, what: string): AuditweaveError {
  return new AuditweaveError('bad-campaign', `${name} is no campaign: ${what}. See docs/capture.md for the format.`)
}
