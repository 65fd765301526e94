// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// defaultApp is kept where the resource has set it up.
func defaultApp() providerdata.PrivateState[credentials.DefaultApp] {
	return providerdata.PrivateState[credentials.DefaultApp]{Key: "default_app", About: "`your_app`"}
}

// importing marks a state that an import began and no read completed.
func importing() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "importing", About: "an import"}
}
