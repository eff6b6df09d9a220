import { userInfo } from 'node:os'
import { Option } from 'commander'

/** `--as NAME`: under whose name something is done, the account's unless told. */
export function asOption(): Option {
  return new Option('--as <name>', 'under whose name it is done, for the history and for undo').default(accountName(), 'the account\'s name')
}

function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
