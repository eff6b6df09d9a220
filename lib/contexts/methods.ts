/** linked: links, then a model where one is named; network: the model alone; k8ntext, k8ntext-2024: the paper's clusterers over the model's labels. */
export const METHODS = ['linked', 'network', 'k8ntext', 'k8ntext-2024'] as const
export type ReconstructionMethod = (typeof METHODS)[number]

export function isMethod(text: string): text is ReconstructionMethod {
  return (METHODS as readonly string[]).includes(text)
}
