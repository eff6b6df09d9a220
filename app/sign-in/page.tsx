import type { Metadata } from 'next'
import { SignInForm } from '@/components/shell/sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

/** The only page that reads nothing and asks for no rights. */
export default function SignInPage() {
  return (
    <div className="mx-auto mt-[18vh] max-w-96 px-4">
      <h1 className="text-20">Sign in to Auditweave</h1>
      <p className="mt-1 mb-5 text-dim">This Auditweave answers other machines, so it asks for its token: the one set as AUDITWEAVE_TOKEN where it was started, or your own if you were given one to label with.</p>
      <SignInForm />
    </div>
  )
}
