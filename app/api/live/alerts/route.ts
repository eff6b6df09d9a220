import { listAlerts } from '@/lib/store/live/alerts'
import { handle } from '../../handle'
import { alertsQuery } from '../live-contracts'

export const GET = handle({ query: alertsQuery }, async ({ query }) => listAlerts({ limit: query.limit, ...(query.state ? { state: query.state } : {}), ...(query.context ? { contextId: query.context } : {}) }))
