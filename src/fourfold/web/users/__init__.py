"""Forces, teams, people who sign in, roles, the policy, sessions, passkeys."""
