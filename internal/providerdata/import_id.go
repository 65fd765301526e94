// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

// Identified is implemented by every resource whose identity has several attributes: an identity
// schema has no order, and import ids have.
type Identified interface {
	// IdentityOrder are the attributes of the identity in the order of import ids.
	IdentityOrder() []string
}

// ImportPart is one part of an import id: an attribute of the identity.
type ImportPart struct {
	Attribute string
	// Name is how messages describe what may stand there, in place of the attribute alone.
	Name  string
	Valid validator.String
	// IsOptional is true of the last part where it may be left out.
	IsOptional bool
}

// JoinImportID is the import id of an object with these parts: joined by `/`, each percent-encoded
// where it holds `/` or `%`.
func JoinImportID(parts ...string) string {
	encoded := make([]string, len(parts))
	for i, part := range parts {
		encoded[i] = strings.NewReplacer("%", "%25", "/", "%2F").Replace(part)
	}
	return strings.Join(encoded, "/")
}

// ImportParts imports what several attributes identify: by an id as of JoinImportID, and by
// identity. Example is an id that names each part as it is to be written.
func ImportParts(ctx context.Context, parts []ImportPart, example string, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	if request.ID == "" {
		importByIdentity(ctx, parts, request, response)
	} else {
		importByID(ctx, parts, example, request.ID, response)
	}
	if response.Diagnostics.HasError() {
		return
	}
	for _, part := range parts {
		checkImportPart(ctx, part, response)
	}
}

func importByIdentity(ctx context.Context, parts []ImportPart, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	for _, part := range parts {
		var value types.String
		response.Diagnostics.Append(request.Identity.GetAttribute(ctx, path.Root(part.Attribute), &value)...)
		response.Diagnostics.Append(response.State.SetAttribute(ctx, path.Root(part.Attribute), value)...)
	}
}

func importByID(ctx context.Context, parts []ImportPart, example, id string, response *resource.ImportStateResponse) {
	values, err := splitImportID(id, parts)
	if err != nil {
		response.Diagnostics.AddError("Not usable as an import id", fmt.Sprintf(
			"%q cannot be imported: %s. Expected is %s, joined by `/`, each percent-encoded where it holds `/` (%%2F) or `%%` (%%25). For example: %s", id, err, describeParts(parts), example))
		return
	}
	for i, part := range parts {
		var value attr.Value = types.StringNull()
		if i < len(values) {
			value = types.StringValue(values[i])
		}
		response.Diagnostics.Append(response.State.SetAttribute(ctx, path.Root(part.Attribute), value)...)
		if response.Identity != nil {
			response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root(part.Attribute), value)...)
		}
	}
}

func splitImportID(id string, parts []ImportPart) ([]string, error) {
	most, least := len(parts), len(parts)
	if parts[most-1].IsOptional {
		least--
	}
	encoded := strings.Split(id, "/")
	if len(encoded) < least || len(encoded) > most {
		return nil, fmt.Errorf("it has %d %s", len(encoded), diagnose.Agree(len(encoded), "part", "parts"))
	}
	var values []string
	for i, part := range encoded {
		value, err := url.PathUnescape(part)
		if err != nil {
			return nil, fmt.Errorf("its part %d is not percent-encoded: %w", i+1, err)
		}
		values = append(values, value)
	}
	return values, nil
}

func describeParts(parts []ImportPart) string {
	var names []string
	for _, part := range parts {
		name := cmp.Or(part.Name, "`"+part.Attribute+"`")
		if part.IsOptional {
			name += " (which may be left out)"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func checkImportPart(ctx context.Context, part ImportPart, response *resource.ImportStateResponse) {
	at := path.Root(part.Attribute)
	var value types.String
	response.Diagnostics.Append(response.State.GetAttribute(ctx, at, &value)...)
	if part.IsOptional && value.IsNull() {
		return
	}
	var checked validator.StringResponse
	part.Valid.ValidateString(ctx, validator.StringRequest{Path: at, ConfigValue: types.StringValue(value.ValueString())}, &checked)
	for _, problem := range checked.Diagnostics {
		// Without the path: nobody wrote the attribute in a configuration.
		response.Diagnostics.AddError(problem.Summary(), problem.Detail())
	}
}
