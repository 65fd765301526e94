// SPDX-License-Identifier: MPL-2.0

package question

// decidable are the switches that answers decide.
func decidable() []string {
	return []string{
		"Account.CreateAdopts", "Account.DeleteEncodesTwice", "Account.DeleteNotFoundAs500", "Account.DuplicateAs409", "Account.EmptyName",
		"Account.GetNotFoundAs500", "Account.IDsIgnoreCase", "Account.IDsVisibleASCII", "Account.RefuseSessionToken",
		"Application.AccountRequired", "Config.ConnectedOnly", "ConnectURL.ByKey",
		"Credential.AcceptEmptyApp", "Credential.Duplicates", "Credential.Replace", "Credential.RequireAppID",
		"Document.NoIntegrations", "Document.Scope", "Document.UnsetName",
		"Execution.IgnoreAccount", "Execution.MaxLimit", "Execution.UnknownAccountAsNone", "Execution.UnknownFilter",
		"List.FourFields", "List.IgnoreSearch", "List.MaxLimit", "ReadLag", "SessionToken.Refresh",
		"UDF.EmptyIgnored", "UDF.Merge", "UDF.Null", "UDF.OmittedClears", "UDF.RoundNumbers", "UDF.Values",
		"Variable.AnyFormat", "Variable.DefinitionMaxLimit", "Variable.DefinitionsOmitEncrypted", "Variable.DeletionAccount", "Variable.Encrypted",
		"Variable.HideTarget", "Variable.IgnoreFilters", "Variable.JSONNumbers", "Variable.KeepWithoutAccount", "Variable.ListWantsAccount",
		"Variable.MaxLimit", "Variable.OmitEncrypted", "Variable.RedactAnswer", "Variable.UnknownAccountRefused", "Variable.UnknownTargetStored",
		"Variable.UnknownValueAs400", "Variable.Unset",
	}
}
