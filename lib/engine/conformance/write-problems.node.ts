import { PROBLEMS, problemLines, problemWeights } from './problems'

// What make-golden.py reads: the problems with their weights and batches.
const problems = PROBLEMS.map((problem) => {
  const { features, labels } = problemLines(problem)
  return {
    ...problem, x: [...features], y: [...labels],
    weights: Object.fromEntries([...problemWeights(problem)].map(([name, { data }]) => [name, [...data]])),
  }
})
process.stdout.write(`${JSON.stringify(problems)}\n`)
