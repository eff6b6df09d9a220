export type { QueryEditorProps } from './props'
export { QueryEditor } from './query-editor'
