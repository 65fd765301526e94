// SPDX-License-Identifier: MPL-2.0

// Package careless holds an object as it must not be, so that the rules about objects are tested
// themselves: each of Mistakes is one that a rule of the conformance tests or a case of the battery
// has to find. Without any it is an object as it should be, which passes them all.
package careless

import (
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TypeName is the name of the resource and of the data source.
const TypeName = "refold_careless"

// Mistakes are what may be wrong.
type Mistakes struct {
	// CreatesTwice sends two creates for one.
	CreatesTwice bool
	// RepeatsPost repeats a create after its answer was lost.
	RepeatsPost bool
	// HidesImport does not say after a lost answer how to go on.
	HidesImport bool
	// KeepsFailedCreate leaves a state behind that Terraform taints.
	KeepsFailedCreate bool
	// ShoutsNames reads another name than the one that was written.
	ShoutsNames bool
	// ReplacesOnRename plans a replacement where an update does.
	ReplacesOnRename bool
	// GoesOnUnread deletes although its private state cannot be read.
	GoesOnUnread bool
	// ReadsNothing takes the state for what there is.
	ReadsNothing bool
	// ForgetsIdentity reads without setting the identity, and ForgetsIdentityInUpdate
	// updates without it.
	ForgetsIdentity, ForgetsIdentityInUpdate bool
	// LosesSilently forgets an object that is gone without a word, and BlamesOthers says that it
	// was deleted outside Terraform, which nobody knows.
	LosesSilently, BlamesOthers bool
	// DeletesNothing reports a deletion that it did not ask for.
	DeletesNothing bool
	// FailsToDeleteGone takes it for an error that there is nothing to delete.
	FailsToDeleteGone bool
	// DeletesWhatItMade refuses to delete what its private state does not know.
	DeletesWhatItMade bool
	// CannotImport refuses to import by id, IgnoresIdentity by identity, and
	// ImportsAnything imports what does not exist.
	CannotImport, IgnoresIdentity, ImportsAnything bool
	// MovesBlindly does not see that an object is at two addresses, and SeesDouble takes every
	// planning call for one about another address.
	MovesBlindly, SeesDouble bool
	// RepeatsBlindly sends an update or a deletion again without looking at the hook before.
	RepeatsBlindly bool
	// TakesSwappedKeyForGone does not ask where it looks for an object.
	TakesSwappedKeyForGone bool
	// TrustsWhatIsFound asks where it looks only for an object that it does not find.
	TrustsWhatIsFound bool
	// IgnoresGuard writes in another environment than the provider block names.
	IgnoresGuard bool
	// NeedsKeyToPlan fails a plan while the key is not known, and GuessesWithoutKey
	// does as if all was well.
	NeedsKeyToPlan, GuessesWithoutKey bool
	// NeedsAnswerToPlan fails a plan where Refold does not answer.
	NeedsAnswerToPlan bool
	// DropsStateOnFailure takes an object out of the state when its update fails.
	DropsStateOnFailure bool
	// TakesAnyAnswer takes an answer for a success by its status alone.
	TakesAnyAnswer bool
	// TrustsFailedUpdates takes the state for what Refold holds after an update failed.
	TrustsFailedUpdates bool
	// CutsOffAtStop ends a write that is under way at a stop, and GoesOnAfterStop
	// begins another one.
	CutsOffAtStop, GoesOnAfterStop bool
	// HasNoPolicy has no deletion_policy in its schema.
	HasNoPolicy bool
	// PlansAnything does not hold a plan against the deletion policy, DeletesAnything does not hold
	// a deletion against it, IgnoresDefaultPolicy knows no policy of the provider, and SendsPolicy
	// writes to Refold when nothing but the policy changes.
	PlansAnything, DeletesAnything, IgnoresDefaultPolicy, SendsPolicy bool
	// TellsSecrets puts secrets into errors, logs, URLs and private state.
	TellsSecrets bool
	// QuotesReads quotes what is answered to a read, because that has sent no secret.
	QuotesReads bool
	// HidesCause does not say what Refold answered.
	HidesCause bool
	// ShowsUnknown takes what does not exist for something without attributes.
	ShowsUnknown bool
	// AcceptsAnything validates nothing.
	AcceptsAnything bool
	// DescribesNothing has attributes and a schema without descriptions.
	DescribesNothing bool
	// TakesReservedName has an attribute whose name Terraform keeps for itself.
	TakesReservedName bool
	// OpenSecrets has secrets that are neither sensitive nor write-only, in attributes
	// of every shape.
	OpenSecrets bool
}

// Provider is a provider with a resource and a data source that make mistakes, and
// the provider block of the real one.
func Provider(real provider.Provider, mistakes Mistakes, adjust ...func(*refold.Options)) provider.Provider {
	return &carelessProvider{Provider: real, mistakes: mistakes, adjust: adjust}
}

type carelessProvider struct {
	provider.Provider
	mistakes Mistakes
	adjust   []func(*refold.Options)
}

// Configure implements provider.Provider.
func (p *carelessProvider) Configure(ctx context.Context, request provider.ConfigureRequest, response *provider.ConfigureResponse) {
	var base, key, guard, policy types.String
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("base_url"), &base)...)
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("api_key"), &key)...)
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("environment"), &guard)...)
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("deletion_policy"), &policy)...)
	options := refold.Options{Transport: http.DefaultTransport}
	for _, adjust := range p.adjust {
		adjust(&options)
	}
	made := &client{
		mistakes: p.mistakes, transport: options.Transport,
		base: base.ValueString(), key: key.ValueString(), guard: guard.ValueString(),
		Data: providerdata.Pending(nil),
	}
	if !p.mistakes.IgnoresDefaultPolicy {
		made.Data.WithDeletionPolicy(ownership.Policy(policy.ValueString()))
	}
	response.ResourceData, response.DataSourceData = made, made
}

// Resources implements provider.Provider.
func (p *carelessProvider) Resources(context.Context) []func() resource.Resource {
	construct := func() resource.Resource { return &hookResource{mistakes: p.mistakes} }
	if !p.mistakes.MovesBlindly {
		construct = movement.Watch("refold", construct)
	}
	return []func() resource.Resource{construct}
}

// DataSources implements provider.Provider.
func (p *carelessProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return &hookDataSource{mistakes: p.mistakes} }}
}
