// SPDX-License-Identifier: MPL-2.0

package attribute_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// checksID reports whether an attribute refuses ids that no request can name.
func checksID(validators []validator.String) bool {
	var refused validator.StringResponse
	for _, each := range validators {
		each.ValidateString(context.Background(), validator.StringRequest{ConfigValue: types.StringValue("..")}, &refused)
	}
	return refused.Diagnostics.HasError()
}

func TestLinkedAccountIDOfEachKind(t *testing.T) {
	managed := attribute.LinkedAccountIDInResource("Changing it costs something.")
	if !managed.Required || !checksID(managed.Validators) || len(managed.PlanModifiers) != 1 || !strings.HasSuffix(managed.MarkdownDescription, "case-sensitive. Changing it costs something.") {
		t.Errorf("in a resource: %+v", managed)
	}
	read := attribute.LinkedAccountIDInDataSource()
	if !read.Required || !checksID(read.Validators) {
		t.Errorf("in a data source: %+v", read)
	}
	opened := attribute.LinkedAccountIDInEphemeralResource()
	if !opened.Required || !checksID(opened.Validators) || opened.MarkdownDescription != read.MarkdownDescription {
		t.Errorf("in an ephemeral resource: %+v", opened)
	}
	invoked := attribute.LinkedAccountIDInAction()
	if !invoked.Required || !checksID(invoked.Validators) || invoked.MarkdownDescription != read.MarkdownDescription {
		t.Errorf("in an action: %+v", invoked)
	}
	if identity := attribute.LinkedAccountIDInIdentity(); !identity.RequiredForImport || !strings.HasSuffix(identity.Description, "knows the customer.") {
		t.Errorf("in an identity: %+v", identity)
	}
}

// A text that Refold decides on is not shown as "known after apply" again once it
// is known, so plans show only what changes.
func TestComputed(t *testing.T) {
	if id := attribute.IDInResource("connection"); !id.Computed || len(id.PlanModifiers) != 1 || !strings.Contains(id.MarkdownDescription, "of the connection.") {
		t.Errorf("in a resource: %+v", id)
	}
	if id := attribute.IDInDataSource("connection"); !id.Computed || id.MarkdownDescription != attribute.IDInResource("connection").MarkdownDescription {
		t.Errorf("in a data source: %+v", id)
	}
	if created := attribute.CreatedAtInDataSource("connection"); created.MarkdownDescription != attribute.CreatedAtInResource("connection").MarkdownDescription {
		t.Errorf("created at: %+v", created)
	}
}
