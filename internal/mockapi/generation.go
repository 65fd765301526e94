// SPDX-License-Identifier: MPL-2.0

package mockapi

// HostedToday is the hosted service as it most likely is.
func HostedToday() Behaviour { return Behaviour{} }

// SelfHosted2025 is a deployment that nobody has upgraded since the beginning of 2025, as far as
// the sources of that time differ from today's (FACTS 1.2). Of what came later it has the endpoints
// all the same.
func SelfHosted2025() Behaviour {
	return Behaviour{
		Account: AccountBehaviour{
			DeleteNotFoundAs500: true, DeleteEncodesTwice: true, RefuseSessionToken: true, CreateAnswer: AnswerFull, UpsertAnswer: AnswerFull,
		},
		UDF:      UDFBehaviour{OmittedClears: true},
		List:     ListBehaviour{IgnoreSearch: true, IgnoreEnvVariables: true, FourFields: true},
		Document: DocumentBehaviour{UnsetName: UnsetNameNull, Scope: ScopeIgnored},
		Application: ApplicationBehaviour{
			UnknownAccount: UnknownAccountShort, AccountRequired: true, IgnoreFilters: true,
		},
		Config:       ConfigBehaviour{DeleteRefusalsAs400: true, ToggleUnconnectedAs500: true},
		Workflow:     WorkflowBehaviour{IgnoreFilters: true},
		Variable:     VariableBehaviour{AllDefinitions: true, ListWantsAccount: true, IgnoreFilters: true},
		Execution:    ExecutionBehaviour{IgnoreFilters: true, OldSources: true, HideSource: true, Workflow: ShownWorkflowText, Duration: ShownDurationAbsent},
		SessionToken: SessionTokenBehaviour{NotFoundAs500: true},
		Answer:       AnswerBehaviour{Errors: EnvelopeE2, BrokenUnauthorized: true, ZonelessDates: true},
	}
}
