export interface CompiledProject {
  readonly root: string
  readonly entries: Readonly<Record<string, string>>
  readonly besides: readonly string[]
}
export function compiledEntry(name: string, project?: CompiledProject): Promise<string>
