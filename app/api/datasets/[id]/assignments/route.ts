import { requireDataset } from '@/lib/store/datasets'
import { assignmentRequests, createAssignment, listAssignments, requireAssignment, setAssignmentState } from '@/lib/store/labelling/assignments'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { assignmentBody, assignmentsQuery } from '../trust-contracts'

/** All assignments, an annotator's own alone; or one of them with the auditIDs of its sample. */
export const GET = handle({ params: idParams, query: assignmentsQuery }, async ({ params, query, who }) => {
  const { id } = await requireDataset(params.id)
  if (query.assignment !== undefined) {
    const assignment = await requireAssignment(id, query.assignment, who, 'read')
    return { assignment, auditIDs: await assignmentRequests(assignment.id) }
  }
  const all = await listAssignments(id)
  return { assignments: who.role === 'annotator' ? all.filter(({ annotator }) => annotator === who.name) : all }
})

export const POST = handle({ params: idParams, body: assignmentBody, role: 'reviewer' }, async ({ params, body, who }) => {
  const { id } = await requireDataset(params.id)
  if ('state' in body) return { assignment: await setAssignmentState(id, body.assignment, body.state) }
  return { assignment: await createAssignment(id, body, who.name) }
})
