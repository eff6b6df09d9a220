const GREEK = 'alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ hbar ℏ Re ℜ Im ℑ aleph ℵ top ⊤ bot ⊥'
const OPERATORS = 'cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨ neg ¬ lnot ¬ forall ∀ exists ∃ to → rightarrow → Rightarrow ⇒ leftarrow ← Leftarrow ⇐ leftrightarrow ↔ Leftrightarrow ⇔ iff ⇔ mapsto ↦ implies ⟹ mid ∣ parallel ∥ perp ⟂ dots … ldots … cdots ⋯ vdots ⋮ prime ′ colon : langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | Vert ‖ backslash \\'
const LARGE = 'sum ∑ prod ∏ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ coprod ∐'
const FUNCTIONS = 'log ln exp sin cos tan cot sec arcsin arccos arctan sinh cosh tanh max min sup inf lim arg argmax argmin det dim gcd ker deg Pr'
const ACCENTS = 'hat ^ bar ¯ overline ¯ vec → tilde ~ dot ˙ ddot ¨ widehat ^ widetilde ~'

function pairs(list: string): ReadonlyMap<string, string> {
  const words = list.split(' ')
  return new Map(words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? ''] as const] : [])))
}

/** Letters: upright or slanted signs that stand for a value. */
export const LETTERS = pairs(GREEK)
export const SIGNS = pairs(OPERATORS)
/** Signs whose limits stand below and above them in a block. */
export const LARGE_SIGNS = pairs(LARGE)
export const ACCENT_SIGNS = pairs(ACCENTS)
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(FUNCTIONS.split(' '))
export const SPACES: ReadonlyMap<string, string> = new Map([[',', '0.17em'], [':', '0.22em'], [';', '0.28em'], ['!', '-0.17em'], [' ', '0.25em'], ['quad', '1em'], ['qquad', '2em']])
export const FONTS: ReadonlyMap<string, string> = new Map([['mathrm', 'normal'], ['mathbf', 'bold'], ['mathit', 'italic'], ['mathsf', 'normal'], ['mathtt', 'normal'], ['mathcal', 'normal'], ['mathbb', 'normal'], ['operatorname', 'normal'], ['boldsymbol', 'bold']])
