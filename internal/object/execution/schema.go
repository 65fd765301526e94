// SPDX-License-Identifier: MPL-2.0

package execution

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/number"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	defaultLimit = 100
	mostShown    = 10_000
)

func attributes() map[string]schema.Attribute {
	const silent = " Where Refold does not say it of an execution, that stays in the list."
	return map[string]schema.Attribute{
		"linked_account_id": accountAttribute(),
		"status":            selecting("Only executions of this status, for example `COMPLETED`, `ERRORED`, `RUNNING`, `STOPPED` or `TIMED_OUT`. Releases of Refold add to them, so any word in capital letters is taken.", status()),
		"slugs": schema.SetAttribute{
			ElementType: types.StringType, Optional: true,
			MarkdownDescription: "Only executions of workflows of these apps: their slugs, or for apps that your organization built their application ids. An empty set selects nothing." + silent,
		},
		"workflow_id": selecting("Only executions of this workflow, by Refold's id of it."+silent, attribute.NotEmpty("Then it does not select.")),
		"type":        selecting("Only executions of this type: `SYNC` or `ASYNC`."+silent, oneOf("SYNC", "ASYNC")),
		"source": selecting("Only executions that were begun by an `API_CALL`, a `SCHEDULE` or an `EVENT`."+silent,
			oneOf(refold.SourceAPICall, refold.SourceSchedule, refold.SourceEvent)),
		"start_date": selecting("Only executions that began at this time or later (RFC 3339). For the last 30 days, write `timeadd(plantimestamp(), \"-720h\")`.", moment()),
		"end_date":   selecting("Only executions that began at this time or earlier (RFC 3339).", moment()),
		"limit": schema.Int64Attribute{
			CustomType: number.WholeType{}, Optional: true,
			MarkdownDescription: fmt.Sprintf("How many executions are shown at most: the newest. Between 0 and %d. They are read 100 at a time. With 0 they are only counted, for `total`, which takes a single small request at most servers. Defaults to `%d`.", mostShown, defaultLimit),
			Validators:          []validator.Int64{int64validator.Between(0, mostShown)},
		},
		"total": schema.Int64Attribute{
			Computed:            true,
			MarkdownDescription: "How many executions match, also beyond `limit`, as Refold counts them. Null where that is not known, because the server does not say, or was seen to list others than it was asked for. That a server ignores an argument shows in the executions that are read, so a `limit` of 0 or of a few may not notice it.",
		},
		// With nested attributes, the work of the framework grows with the square of their number.
		"executions": schema.ListAttribute{
			ElementType: types.ObjectType{AttrTypes: executionTypes()}, Computed: true,
			MarkdownDescription: "The executions, newest first; what Refold does not say of one is null. " +
				"`id`, `workflow_id` and `workflow_name` are Refold's; `slug` names the app, by its application id where your organization built it; `status`, `type` and `source` have the words of the arguments. " +
				"`started_at` and `ended_at` are times (RFC 3339, UTC), and `duration_seconds` is what lies between them. `duration` is a number that Refold gives, whose unit it does not document. " +
				"What executions worked on, the data of customers, is never part of it.",
		},
	}
}

// accountAttribute is told in a header, which some servers do not look up (FACTS 2.0, 4.51).
func accountAttribute() schema.StringAttribute {
	account := attribute.HeaderLinkedAccountIDInDataSource()
	account.MarkdownDescription += " Some servers do not look for the account, and show one that does not exist as one without executions: " +
		"to be sure that there is one, refer to a resource or data source `refold_linked_account`."
	return account
}

// selecting is an attribute that selects executions.
func selecting(description string, check validator.String) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: []validator.String{check}}
}

// executionTypes are those of the attributes that show an execution, by name.
func executionTypes() map[string]attr.Type {
	byName := map[string]attr.Type{"duration": types.NumberType, "duration_seconds": types.Float64Type}
	for name := range strings.FieldsSeq("id status workflow_id workflow_name slug type source started_at ended_at") {
		byName[name] = types.StringType
	}
	return byName
}
