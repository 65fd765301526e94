// SPDX-License-Identifier: MPL-2.0

package movement

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// Holder is implemented by a resource whose objects are not named by the attributes of its
// identity, or that can tell more of them.
type Holder interface {
	// Holds is what a state or a plan of the resource holds. The value is null where there is none.
	Holds(value tftypes.Value) Held
}

// Held are the objects in a state or in a plan.
type Held struct {
	// Kind is Refold's word for them, in lower case ("linked account"). Resources that hold the
	// same kind share its ids.
	Kind string
	// IsCollection is true where one address holds many objects.
	IsCollection bool
	// IDs are in order.
	IDs []string
	// IsUndecided is true where an object will be created under an id that is configured and not
	// known yet. Like is what else is known of it.
	IsUndecided bool
	Like        ownership.Traits
	// IsGivenAnID is true where an object will be created under an id that Refold gives out, and
	// that is nobody else's.
	IsGivenAnID bool
	// Traits are those of the object of an id.
	Traits func(id string) ownership.Traits
}

// without are the ids that another state has not.
func (h Held) without(other Held) []string {
	return slices.DeleteFunc(slices.Clone(h.IDs), func(id string) bool {
		_, stays := slices.BinarySearch(other.IDs, id)
		return stays
	})
}

// held is what a value of the resource holds.
func (w *watched) held(ctx context.Context, value tftypes.Value) Held {
	if holder, ok := w.identified.(Holder); ok {
		return holder.Holds(value)
	}
	return w.heldByIdentity(ctx, value)
}

// heldByIdentity is the object that the attributes of the identity name, of which some may be left
// out. One whose id Refold gives out has none before it is created.
func (w *watched) heldByIdentity(ctx context.Context, value tftypes.Value) Held {
	held := Held{Kind: strings.ReplaceAll(strings.TrimPrefix(w.typeName(ctx), w.provider+"_"), "_", " ")}
	var identity resource.IdentitySchemaResponse
	w.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &identity)
	var configured resource.SchemaResponse
	w.Schema(ctx, resource.SchemaRequest{}, &configured)
	parts, attributes := []string{}, Attributes(value)
	names := slices.Sorted(maps.Keys(identity.IdentitySchema.Attributes))
	if ordered, ok := w.identified.(providerdata.Identified); ok {
		names = ordered.IdentityOrder()
	}
	held.Like = TraitsOf(attributes)
	held.Traits = func(string) ownership.Traits { return held.Like }
	for _, name := range names {
		part, isText := Text(attributes[name])
		if isText {
			parts = append(parts, part)
			continue
		}
		if identity.IdentitySchema.Attributes[name].IsOptionalForImport() && isNull(attributes[name]) {
			continue
		}
		schema := configured.Schema.Attributes[name]
		isOpen := schema != nil && attributes[name].Type() != nil && !attributes[name].IsKnown()
		held.IsUndecided, held.IsGivenAnID = isOpen && !schema.IsComputed(), isOpen && schema.IsComputed()
		return held
	}
	held.IDs = []string{idOf(parts)}
	return held
}

// idOf makes one id of the parts of an identity, another one for other parts.
func idOf(parts []string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	return providerdata.JoinImportID(parts...)
}

// typeName is the type of the resource.
func (w *watched) typeName(ctx context.Context) string {
	var metadata resource.MetadataResponse
	w.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: w.provider}, &metadata)
	return metadata.TypeName
}

// resource is what an address of the resource is.
func (w *watched) resource(ctx context.Context, held Held) ownership.Resource {
	return ownership.Resource{Type: w.typeName(ctx), IsCollection: held.IsCollection}
}

// policyOf are the attributes of a deletion policy, null where they are not known.
func policyOf(object tftypes.Value) ownership.PolicyAttributes {
	attributes := Attributes(object)
	known := func(name string) types.String {
		text, ok := Text(attributes[name])
		if !ok {
			return types.StringNull()
		}
		return types.StringValue(text)
	}
	return ownership.PolicyAttributes{DeletionPolicy: known("deletion_policy"), EffectiveDeletionPolicy: known("effective_deletion_policy")}
}

// Attributes takes an object apart. It has none where the object is null or not known.
func Attributes(object tftypes.Value) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{}
	if object.Type() == nil || !object.IsKnown() || object.IsNull() || object.As(&attributes) != nil {
		return nil
	}
	return attributes
}

// Text is a text that is known, and neither null nor empty.
func Text(value tftypes.Value) (text string, ok bool) {
	if value.Type() == nil || !value.Type().Is(tftypes.String) || !value.IsKnown() || value.IsNull() || value.As(&text) != nil {
		return "", false
	}
	return text, text != ""
}

func isNull(value tftypes.Value) bool {
	return value.Type() != nil && value.IsKnown() && value.IsNull()
}

// isTrue is false for what is null or not known.
func isTrue(value tftypes.Value) bool {
	var yes bool
	return value.Type() != nil && value.IsKnown() && !value.IsNull() && value.As(&yes) == nil && yes
}
