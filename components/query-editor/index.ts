export type { LookUp } from './catalogues'
export type { QueryEditorHandle, QueryEditorProps } from './props'
export { QueryEditor } from './query-editor'
