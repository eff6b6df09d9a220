import { cookies } from 'next/headers'
import { pickAnnotator } from '@/lib/store/labelling/annotators'
import { handle } from '../../handle'
import { requiredToken } from '../../rights'
import { NAME_COOKIE } from '../../who'
import { pickBody } from '../contracts'

/** Who asks, and what everybody's rights hang on. */
export const GET = handle({}, async ({ who }) => ({ annotator: who, tokens: requiredToken() !== null }))

/** Labels under this name from now on, kept in a cookie that scripts cannot read. */
export const PUT = handle({ body: pickBody }, async ({ body, request }) => {
  const annotator = await pickAnnotator(body.name)
  const jar = await cookies()
  jar.set(NAME_COOKIE, `${annotator.id}~${encodeURIComponent(annotator.name)}`, { httpOnly: true, sameSite: 'strict', path: '/', secure: new URL(request.url).protocol === 'https:', maxAge: 365 * 86_400 })
  return { annotator }
})
