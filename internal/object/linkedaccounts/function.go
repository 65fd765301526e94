// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/accountcsv"
)

var _ function.Function = (*parseAccountsCSV)(nil)

type parseAccountsCSV struct{}

// NewParseAccountsCSV returns the function parse_accounts_csv. It asks nothing of Refold.
func NewParseAccountsCSV() function.Function { return &parseAccountsCSV{} }

// Metadata implements function.Function.
func (*parseAccountsCSV) Metadata(_ context.Context, _ function.MetadataRequest, response *function.MetadataResponse) {
	response.Name = "parse_accounts_csv"
}

// Definition implements function.Function.
func (*parseAccountsCSV) Definition(_ context.Context, _ function.DefinitionRequest, response *function.DefinitionResponse) {
	response.Definition = function.Definition{
		Summary: "Reads linked accounts from a CSV",
		MarkdownDescription: "Reads a CSV with one linked account per line, and checks it: an id that is missing, unusable or there twice, " +
			"and a line with too many or too few cells are errors that name the line.\n\n" +
			"Returns a map by `linked_account_id` of objects with `name` (string) and `udf` (map of strings).",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "csv",
				MarkdownDescription: "The content of the CSV. Its first line names the columns: `linked_account_id`, optionally `name`, " +
					"and one for each user-defined field.",
			},
		},
		Return: function.MapReturn{ElementType: accountType()},
	}
}

// Run implements function.Function.
func (*parseAccountsCSV) Run(ctx context.Context, request function.RunRequest, response *function.RunResponse) {
	var text string
	if response.Error = request.Arguments.Get(ctx, &text); response.Error != nil {
		return
	}
	lines, err := accountcsv.Parse(text)
	if err != nil {
		response.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	accounts := make(map[string]account, len(lines))
	for id, line := range lines {
		accounts[id] = account{name: types.StringPointerValue(line.Name), udf: fieldsValue(line.UDF)}
	}
	response.Error = response.Result.Set(ctx, accountsValue(accounts))
}
