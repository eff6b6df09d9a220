/**
 * One resource or sub-resource as written in the data files: id, sub id, API group ('' is core),
 * versions separated by spaces, resource, sub-resource, namespaced, verbs by letter
 * (c create, d delete, D deletecollection, g get, l list, p patch, u update, w watch).
 */
export type ResourceRow = readonly [
  id: number,
  sub: number,
  group: string,
  versions: string,
  resource: string,
  subresource: string,
  namespaced: boolean,
  verbs: string,
]
